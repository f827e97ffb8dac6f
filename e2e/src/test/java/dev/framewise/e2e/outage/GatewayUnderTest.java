package dev.framewise.e2e.outage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The gateway's own program in a process of its own, with a board's options of the JVM, two synthetic cameras and an outbox. */
final class GatewayUnderTest implements AutoCloseable {
    static final List<String> CAMERAS = List.of("one", "two");
    private static final Path JVM_OPTIONS = Path.of("..", "deploy", "gateway", "jvm.options");
    private static final int SIGKILL = 9;
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final int healthPort;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private GatewayUnderTest(Process process, int healthPort, Path log) {
        this.process = process;
        this.healthPort = healthPort;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param directory what a killed one has left is found there
     * @param framesPerSecond of each camera
     */
    static GatewayUnderTest start(Path directory, String bootstrapServers, int framesPerSecond) throws IOException {
        int healthPort = freePort();
        Path config = Files.writeString(directory.resolve("gateway.yml"), """
                device: outage-board
                stateDirectory: "%s"
                kafka: {bootstrap: "%s"}
                cameras:
                  - {name: %s, source: "test:64x48@%d"}
                  - {name: %s, source: "test:64x48@%d"}
                board: {kind: simulated}
                health: {port: %d}
                """.formatted(
                        directory.resolve("state"),
                        bootstrapServers,
                        CAMERAS.get(0),
                        framesPerSecond,
                        CAMERAS.get(1),
                        framesPerSecond,
                        healthPort));
        Path log = directory.resolve("gateway.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + JVM_OPTIONS.toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.framewise.gateway.GatewayMain",
                        "gateway",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new GatewayUnderTest(process, healthPort, log);
    }

    /** Records that wait on its disk; -1 while it does not answer. */
    long waiting() throws InterruptedException, IOException {
        return metric("framewise_gateway_outbox_records");
    }

    /** Pictures of both cameras so far. */
    long captured() throws InterruptedException, IOException {
        return metric("framewise_gateway_frames\\{.*\\}");
    }

    boolean hasKafka() throws InterruptedException, IOException {
        return metric("framewise_gateway_kafka_up") == 1;
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        int code = ended();
        if (code != 128 + SIGKILL) {
            throw new IllegalStateException("the gateway ended with " + code + ", before it was killed: see " + log);
        }
    }

    /** Asks it to end, as systemd does. */
    void stop() throws InterruptedException {
        process.destroy();
        ended();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private int ended() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the gateway does not end: see " + log);
        }
        return process.exitValue();
    }

    /** The sum of a metric over its labels; -1 while there is none. */
    private long metric(String name) throws InterruptedException, IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the gateway has ended; it said:\n" + Files.readString(log));
        }
        try {
            String page = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + "/metrics"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return Pattern.compile("(?m)^" + name + " (\\S+)$")
                    .matcher(page)
                    .results()
                    .map(found -> Math.round(Double.parseDouble(found.group(1))))
                    .reduce(Long::sum)
                    .orElse(-1L);
        } catch (IOException e) {
            // it has not begun to serve
            return -1;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
