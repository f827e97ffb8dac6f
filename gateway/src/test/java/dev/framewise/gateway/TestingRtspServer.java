package dev.framewise.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real RTSP server, gortsplib's, in a process of its own: built with Go from {@code src/test/go} the first time. */
final class TestingRtspServer implements AutoCloseable {
    private static final Path SOURCE =
            Path.of("src", "test", "go", "rtsp-server").toAbsolutePath();
    private static final Path PROGRAM = Path.of("..", ".framewise", "cache", "rtsp-server", "rtsp-server")
            .toAbsolutePath()
            .normalize();

    private final Process process;

    private TestingRtspServer(Process process) {
        this.process = process;
    }

    /** Builds the server; where Go cannot be had, or not the modules, the test is skipped and says so. */
    static void build() throws IOException, InterruptedException {
        if (isFresh()) {
            return;
        }
        Files.createDirectories(PROGRAM.getParent());
        String problem = TestingGo.build(SOURCE, PROGRAM);
        if (!problem.isEmpty()) {
            String why = "no RTSP server: " + problem;
            System.out.println("[WARNING] NOT TESTED: " + why);
            Assumptions.abort("not tested: " + why);
        }
    }

    private static boolean isFresh() throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            return false;
        }
        try (Stream<Path> files = Files.list(SOURCE)) {
            long built = Files.getLastModifiedTime(PROGRAM).toMillis();
            return files.allMatch(file -> file.toFile().lastModified() < built);
        }
    }

    /** Serves {@code rtsp://127.0.0.1:port/camera} from now on. */
    static TestingRtspServer start(int port) throws IOException {
        Process process = new ProcessBuilder(PROGRAM.toString(), Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"serving".equals(said.readLine())) {
            throw new IOException(PROGRAM + " does not serve");
        }
        return new TestingRtspServer(process);
    }

    /** kill -9. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
