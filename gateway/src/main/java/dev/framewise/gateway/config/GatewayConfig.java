package dev.framewise.gateway.config;

import dev.framewise.gateway.outbox.OutboxSettings;
import dev.framewise.thermal.ThermalOptions;
import dev.framewise.thermal.sim.ReferenceBoardOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All a gateway is told. Ranges are checked where a file is read ({@link GatewayConfigFile}).
 *
 * @param device the board's name, unique over the fleet; the Kafka key of its telemetry
 * @param profile the board's hardware, for reports
 * @param kafka where records go
 * @param captureClock what dates the pictures
 * @param clipStart with {@link CaptureClock#CLIP}: when the first picture was captured, which is the boot epoch too; empty
 *     for the start of the gateway
 * @param telemetryInterval time between two sensor readings
 * @param cameras at least one
 * @param board where readings come from
 * @param thermal the local law
 * @param stateDirectory where the gateway keeps what must survive it, for this gateway alone; empty for a gateway that keeps
 *     nothing: it waits for Kafka and fails with it
 * @param outbox bounds of what waits there
 * @param healthPort of localhost for /healthz and /metrics; 0 for none
 */
public record GatewayConfig(
        String device,
        String profile,
        KafkaSettings kafka,
        CaptureClock captureClock,
        Optional<Instant> clipStart,
        Duration telemetryInterval,
        List<CameraSettings> cameras,
        BoardSettings board,
        ThermalOptions thermal,
        Optional<Path> stateDirectory,
        OutboxSettings outbox,
        int healthPort) {

    /** What dates the pictures. */
    public enum CaptureClock {
        /** The time at which they were taken. */
        WALL,
        /** Their place in the clip, so that two runs publish the same bytes. */
        CLIP
    }

    public GatewayConfig {
        cameras = List.copyOf(cameras);
        if (captureClock == CaptureClock.CLIP && stateDirectory.isPresent()) {
            throw new IllegalArgumentException("captureClock clip repeats a run; a stateDirectory forbids just that");
        }
    }

    /** What a simulated board says it is. */
    static final String SIMULATED_PROFILE = "simulated-pi5";

    /** A gateway on a cool simulated board with all other defaults: for clips on a machine that is no board. */
    public static GatewayConfig of(String device, String bootstrapServers, List<CameraSettings> cameras) {
        return new GatewayConfig(
                device,
                SIMULATED_PROFILE,
                KafkaSettings.of(bootstrapServers),
                CaptureClock.WALL,
                Optional.empty(),
                GatewayOptions.TELEMETRY_INTERVAL.defaultValue(),
                cameras,
                BoardSettings.simulated(ReferenceBoardOptions.cold(GatewayOptions.AMBIENT.defaultValue())),
                ThermalOptions.defaults(),
                Optional.empty(),
                OutboxSettings.defaults(),
                /* healthPort= */ 0);
    }

    /** The same gateway on another board. */
    public GatewayConfig withBoard(BoardSettings newBoard) {
        return with(copy -> copy.board = newBoard);
    }

    /** The same gateway with other connections to Kafka. */
    public GatewayConfig withKafka(KafkaSettings newKafka) {
        return with(copy -> copy.kafka = newKafka);
    }

    /** The same gateway, dating its pictures by their place in the clip, the first at {@code start}. */
    public GatewayConfig withClipClock(Instant start) {
        return with(copy -> {
            copy.captureClock = CaptureClock.CLIP;
            copy.clipStart = Optional.of(start);
        });
    }

    /** The same gateway under another local law. */
    public GatewayConfig withThermal(ThermalOptions newThermal) {
        return with(copy -> copy.thermal = newThermal);
    }

    /** The same gateway, reading its sensors at another interval. */
    public GatewayConfig withTelemetryInterval(Duration newInterval) {
        return with(copy -> copy.telemetryInterval = newInterval);
    }

    /** The same gateway with an outbox in a directory. */
    public GatewayConfig withOutbox(Path directory, OutboxSettings settings) {
        return with(copy -> {
            copy.stateDirectory = Optional.of(directory);
            copy.outbox = settings;
        });
    }

    /** The same gateway, telling how it is on a port of localhost. */
    public GatewayConfig withHealthPort(int port) {
        return with(copy -> copy.healthPort = port);
    }

    private GatewayConfig with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.made();
    }

    /** The parts that have an own wither, to be changed; all others stay. */
    private static final class Copy {
        private final GatewayConfig of;
        private KafkaSettings kafka;
        private CaptureClock captureClock;
        private Optional<Instant> clipStart;
        private Duration telemetryInterval;
        private BoardSettings board;
        private ThermalOptions thermal;
        private Optional<Path> stateDirectory;
        private OutboxSettings outbox;
        private int healthPort;

        Copy(GatewayConfig of) {
            this.of = of;
            kafka = of.kafka;
            captureClock = of.captureClock;
            clipStart = of.clipStart;
            telemetryInterval = of.telemetryInterval;
            board = of.board;
            thermal = of.thermal;
            stateDirectory = of.stateDirectory;
            outbox = of.outbox;
            healthPort = of.healthPort;
        }

        GatewayConfig made() {
            return new GatewayConfig(
                    of.device,
                    of.profile,
                    kafka,
                    captureClock,
                    clipStart,
                    telemetryInterval,
                    of.cameras,
                    board,
                    thermal,
                    stateDirectory,
                    outbox,
                    healthPort);
        }
    }
}
