package dev.framewise.gateway;

import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.outbox.OutboxSettings;
import dev.framewise.gateway.publish.KafkaTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway of two small synthetic cameras in a process of its own, so that it can be killed. */
public final class TestingGatewayProcess implements AutoCloseable {
    private static final int PICTURES_PER_SECOND = 50;

    private final Process process;

    private TestingGatewayProcess(Process process) {
        this.process = process;
    }

    static TestingGatewayProcess start(String bootstrap, Path state) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TestingGatewayProcess.class.getName(),
                bootstrap,
                state.toString()));
        return new TestingGatewayProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        state.resolveSibling(state.getFileName() + ".log").toFile())
                .start());
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** Asks it to end, as systemd does. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process itself. */
    public static void main(String[] arguments) throws InterruptedException {
        GatewayConfig config = GatewayConfig.of(
                        "killed", arguments[0], List.of(CameraSettings.of("one", "a"), CameraSettings.of("two", "b")))
                .withOutbox(Path.of(arguments[1]), OutboxSettings.defaults());
        GatewayParts real = GatewayParts.real();
        GatewayParts parts = new GatewayParts(
                real.wallClock(),
                real.nanoTicker(),
                real.sleeper(),
                (address, quality) -> new TestingSource(Integer.MAX_VALUE, /* failAt= */ -1, PICTURES_PER_SECOND),
                real.sinks(),
                // a broker that is away is found out in two seconds instead of ten
                gateway -> (name, onReady) -> new KafkaTransport(
                        gateway.kafka(), name, gateway.outbox().memoryBytes(), onReady, KafkaTransport.Patience.SHORT));
        Gateway gateway = new Gateway(config, parts);
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
        gateway.start();
        gateway.awaitEnd();
    }
}
