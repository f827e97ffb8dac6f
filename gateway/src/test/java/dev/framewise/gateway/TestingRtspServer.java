package dev.framewise.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real RTSP server, gortsplib's, in a process of its own: built with Go from {@code src/test/go} the first time. */
final class TestingRtspServer implements AutoCloseable {
    private static final Path SOURCE =
            Path.of("src", "test", "go", "rtsp-server").toAbsolutePath();
    private static final Path PROGRAM = Path.of("..", ".framewise", "cache", "rtsp-server", "rtsp-server")
            .toAbsolutePath()
            .normalize();
    private static final long BUILD_SECONDS = 300;

    private final Process process;

    private TestingRtspServer(Process process) {
        this.process = process;
    }

    /** Builds the server; where Go is missing or too old, the test is skipped and says so. */
    static void build() throws IOException, InterruptedException {
        if (Files.isExecutable(PROGRAM)
                && Files.getLastModifiedTime(PROGRAM).compareTo(Files.getLastModifiedTime(SOURCE.resolve("main.go")))
                        > 0) {
            return;
        }
        Files.createDirectories(PROGRAM.getParent());
        Path log = PROGRAM.resolveSibling("log");
        int code;
        try {
            Process go = new ProcessBuilder("go", "build", "-o", PROGRAM.toString(), ".")
                    .directory(SOURCE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            code = go.waitFor(BUILD_SECONDS, TimeUnit.SECONDS) ? go.exitValue() : -1;
            go.destroyForcibly();
        } catch (IOException e) {
            // no such program on this machine
            code = -1;
        }
        if (code != 0) {
            String why =
                    "no RTSP server: it is built with Go 1.23 or newer, and 'go build' failed here (log: " + log + ")";
            System.out.println("[WARNING] NOT TESTED: " + why);
            Assumptions.abort("not tested: " + why);
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
