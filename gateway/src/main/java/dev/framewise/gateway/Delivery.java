package dev.framewise.gateway;

import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.outbox.BootEpochs;
import dev.framewise.gateway.outbox.DirectoryLock;
import dev.framewise.gateway.outbox.EpochJournal;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.outbox.EvictionListener;
import dev.framewise.gateway.outbox.Journals;
import dev.framewise.gateway.outbox.OutboxStats;
import dev.framewise.gateway.outbox.StoreAndForward;
import dev.framewise.gateway.publish.RecordSink;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How the records of one run get to Kafka: by an outbox where the gateway has a directory, straight where it has none; and the boot
 * epoch that they carry.
 */
final class Delivery implements AutoCloseable {
    private final long bootEpochMicros;
    private final Optional<DirectoryLock> lock;
    private final Optional<Journals> journals;
    private final Optional<StoreAndForward> outbox;
    private final RecordSink sink;

    /**
     * Opens the outbox, which accounts for what earlier runs have left.
     *
     * @throws GatewayException if the directory cannot be used or the settings make no client
     */
    Delivery(GatewayConfig config, GatewayParts parts, EventLog events, EvictionListener evictions) {
        if (config.stateDirectory().isEmpty()) {
            lock = Optional.empty();
            journals = Optional.empty();
            outbox = Optional.empty();
            bootEpochMicros = SteadyWallClock.micros(epochWithoutState(config, parts));
            sink = parts.sinks().apply(config.kafka());
            return;
        }
        Path directory = config.stateDirectory().get();
        lock = Optional.of(DirectoryLock.take(directory));
        Journals opened = Journals.open(directory);
        journals = Optional.of(opened);
        bootEpochMicros = BootEpochs.next(
                directory, SteadyWallClock.micros(parts.wallClock().instant()), opened.highestEpoch());
        config.cameras().forEach(camera -> opened.begin(camera.name(), bootEpochMicros));
        StoreAndForward storeAndForward = new StoreAndForward(new StoreAndForward.Setup(
                directory,
                config.outbox(),
                config.device(),
                bootEpochMicros,
                opened,
                events,
                evictions,
                parts.transports().apply(config),
                parts.wallClock(),
                parts.nanoTicker()));
        outbox = Optional.of(storeAndForward);
        sink = storeAndForward;
    }

    private static Instant epochWithoutState(GatewayConfig config, GatewayParts parts) {
        Instant now = parts.wallClock().instant();
        return config.captureClock() == GatewayConfig.CaptureClock.CLIP
                ? config.clipStart().orElse(now)
                : now;
    }

    /** Begins to send what waits. */
    void start() {
        outbox.ifPresent(StoreAndForward::start);
    }

    long bootEpochMicros() {
        return bootEpochMicros;
    }

    RecordSink sink() {
        return sink;
    }

    /** The journal of a camera in this run. */
    EpochJournal journal(String camera) {
        return journals.map(all -> all.of(camera, bootEpochMicros))
                .orElseGet(() -> EpochJournal.inMemory(camera, bootEpochMicros));
    }

    OutboxStats stats() {
        return outbox.map(StoreAndForward::stats).orElse(OutboxStats.NONE);
    }

    Optional<StoreAndForward> outbox() {
        return outbox;
    }

    @Override
    public void close() {
        sink.close();
        lock.ifPresent(DirectoryLock::close);
    }
}
