package dev.framewise.e2e.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prometheus and its tool: installed ones, else those of the Debian package {@code prometheus}, unpacked under the build's
 * cache and not installed.
 */
final class PrometheusPackage {
    private static final Path CACHE = Path.of("..", ".framewise", "cache", "prometheus");
    private static final long PATIENCE_SECONDS = 120;

    private PrometheusPackage() {}

    /** Where a program of the package is; where it cannot be had, the test is skipped and says so. */
    static Path locate(String program) throws IOException, InterruptedException {
        Optional<Path> found = find(program);
        if (found.isEmpty()) {
            String problem = unpack();
            found = find(program);
            if (found.isEmpty()) {
                NotTested.because("there is no '" + program + "': " + problem
                        + "; install the package 'prometheus' or put the program on the PATH");
            }
        }
        return found.get();
    }

    private static Optional<Path> find(String program) {
        Stream<Path> installed = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
        return Stream.concat(installed, Stream.of(CACHE.resolve("usr/bin")))
                .map(directory -> directory.resolve(program).toAbsolutePath().normalize())
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Unpacks the package of this machine's distribution; says what went wrong if something did. */
    private static String unpack() throws IOException, InterruptedException {
        Files.createDirectories(CACHE);
        if (run("apt-get", "download", "prometheus") != 0) {
            // A machine that has never looked knows of no package.
            run("apt-get", "update");
            if (run("apt-get", "download", "prometheus") != 0) {
                return "'apt-get download prometheus' failed";
            }
        }
        try (Stream<Path> files = Files.list(CACHE)) {
            Optional<Path> archive =
                    files.filter(file -> file.toString().endsWith(".deb")).findFirst();
            if (archive.isEmpty()
                    || run("dpkg-deb", "-x", archive.get().getFileName().toString(), ".") != 0) {
                return "'dpkg-deb -x' failed";
            }
        }
        return "the package does not have it";
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(CACHE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(CACHE.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            // No such program on this machine: the caller says what that means.
            return -1;
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(List.of(command) + " takes more than " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }
}
