package dev.framewise.benchmarks.gateway;

import dev.framewise.local.Home;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in a process of its own as the archive for boards starts it, with the same jars and the same options of the JVM, watched
 * through /proc and its metrics page.
 */
final class GatewayProcess implements AutoCloseable {
    /** USER_HZ, which is 100 on every Linux that there is. */
    private static final double TICKS_PER_SECOND = 100;

    private static final long PATIENCE_SECONDS = 300;

    private final Process process;
    private final int healthPort;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private GatewayProcess(Process process, int healthPort, Path log) {
        this.process = process;
        this.log = log;
        this.healthPort = healthPort;
    }

    /** Starts it; its log goes to {@code gateway.log} beside its configuration. */
    static GatewayProcess start(Path config, int healthPort) throws IOException {
        Path repository = Home.directory().toAbsolutePath().getParent();
        Path arguments = config.resolveSibling("java-arguments");
        Files.writeString(arguments, "-cp \"" + classPath(repository) + "\"\n", StandardCharsets.UTF_8);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + repository.resolve("deploy/gateway/jvm.options"),
                        "@" + arguments,
                        "dev.framewise.gateway.GatewayMain",
                        "gateway",
                        "--config",
                        config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(config.resolveSibling("gateway.log").toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        return new GatewayProcess(process, healthPort, config.resolveSibling("gateway.log"));
    }

    /** The gateway's own jars, out of all those of this process. */
    private static String classPath(Path repository) throws IOException {
        Path file = repository.resolve("gateway/target/runtime-class-path");
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not there: run this by ./framewise, which builds");
        }
        String own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("framewise-gateway") || entry.contains("gateway/target/classes"))
                .findFirst()
                .orElseThrow(() -> new IOException("no gateway on the class path"));
        return own + File.pathSeparator + Files.readString(file).strip();
    }

    /** CPU time so far, seconds. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Resident memory, MiB. */
    double residentMegabytes() throws IOException {
        return number(Files.readString(proc("status")), "VmRSS:\\s+(\\d+) kB") / 1024;
    }

    /** Bytes that it has caused to be written to the disk. */
    double writtenBytes() throws IOException {
        return number(Files.readString(proc("io")), "(?m)^write_bytes: (\\d+)");
    }

    /** A number of its metrics page; empty while there is no page yet. */
    OptionalDouble metric(String name) throws InterruptedException {
        try {
            String page = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + "/metrics"))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return OptionalDouble.of(number(page, "(?m)^" + name + " (\\S+)$"));
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /**
     * Waits until a number of its metrics page is so.
     *
     * @throws IOException if it ends before, or takes five minutes; the message holds its last words
     */
    void await(String name, DoublePredicate condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (metric(name).stream().noneMatch(condition)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the gateway " + (process.isAlive() ? "does not get there" : "has ended")
                        + "; its last words:\n" + lastWords());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The last lines of what it said. */
    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    private static double number(String text, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in what the gateway says");
        }
        return Double.parseDouble(matcher.group(1));
    }
}
