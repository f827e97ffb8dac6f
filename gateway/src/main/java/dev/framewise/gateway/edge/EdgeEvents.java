package dev.framewise.gateway.edge;

import dev.framewise.gateway.outbox.BootEpochs;
import dev.framewise.gateway.outbox.DirectoryLock;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.outbox.Journals;
import dev.framewise.gateway.outbox.OutboxSettings;
import dev.framewise.gateway.outbox.OutboxStats;
import dev.framewise.gateway.outbox.StoreAndForward;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.TrackRecords;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What happened, kept on the device: for each frame in which a track started or ended, its row as the perception job would write it.
 * Rows go to the topic {@code tracks} while Kafka can be reached, and else into the gateway's outbox, from where they follow in
 * batches. Each start and end is a line of the device's own log, too, which is kept for days.
 */
final class EdgeEvents implements FrameWatcher {
    private static final Duration LAST_CALL = Duration.ofSeconds(5);

    private final String device;
    private final String camera;
    private final String model;
    private final long bootEpoch;
    private final EventLog log;
    private final DirectoryLock lock;
    private final StoreAndForward outbox;
    private final RecordCodec<TrackRow> codec = new RecordCodec<>(TrackRow.class);

    /**
     * Opens the outbox.
     *
     * @param directory of this device's loop alone
     * @param transports to Kafka, or to nowhere
     */
    EdgeEvents(
            String device,
            String camera,
            String model,
            Path directory,
            StoreAndForward.Transports transports,
            EventLog log,
            Clock wallClock,
            LongSupplier nanoTicker) {
        this.device = device;
        this.camera = camera;
        this.model = model;
        this.log = log;
        lock = DirectoryLock.take(directory);
        Journals journals = Journals.open(directory);
        bootEpoch = BootEpochs.next(directory, wallClock.millis() * 1_000, journals.highestEpoch());
        outbox = new StoreAndForward(new StoreAndForward.Setup(
                directory,
                OutboxSettings.defaults(),
                device,
                bootEpoch,
                journals,
                log,
                (name, was) -> {},
                transports,
                wallClock,
                nanoTicker));
        outbox.start();
    }

    @Override
    public void see(EdgeFrame frame) {
        if (frame.tracks.startedSize() == 0 && frame.tracks.endedSize() == 0) {
            return;
        }
        for (int i = 0; i < frame.tracks.startedSize(); i++) {
            log.note(
                    EventLog.Kind.TRACK_STARTED,
                    camera,
                    "track " + frame.tracks.started(i) + ", frame " + frame.sequence);
        }
        for (int i = 0; i < frame.tracks.endedSize(); i++) {
            log.note(EventLog.Kind.TRACK_ENDED, camera, "track " + frame.tracks.ended(i) + ", frame " + frame.sequence);
        }
        send(frame, RowKind.FRAME);
    }

    @Override
    public void end(EdgeFrame frame) {
        if (frame.tracks.endedSize() > 0) {
            for (int i = 0; i < frame.tracks.endedSize(); i++) {
                log.note(EventLog.Kind.TRACK_ENDED, camera, "track " + frame.tracks.ended(i) + ", at the end");
            }
            send(frame, RowKind.CLOSING);
        }
    }

    private void send(EdgeFrame frame, RowKind kind) {
        boolean ofFrame = kind == RowKind.FRAME;
        TrackRow row = new TrackRow(
                kind,
                device,
                camera,
                bootEpoch,
                frame.sequence,
                frame.capturedAtMicros,
                frame.width,
                frame.height,
                ofFrame ? (frame.decision.looks() && frame.readable ? Fate.INFERRED : Fate.PREDICTED) : null,
                model,
                TrackRecords.boxes(frame.tracks),
                ofFrame ? TrackRecords.started(frame.tracks) : List.of(),
                TrackRecords.ended(frame.tracks),
                ofFrame ? frame.decision.name() : null,
                /* backlog= */ false);
        outbox.send(Topic.TRACKS, camera, frame.capturedAtMicros / 1_000, codec.encode(row));
    }

    /** How the outbox stands. */
    OutboxStats stats() {
        return outbox.stats();
    }

    /** Where Kafka can be reached, what waits is sent first, so that a clip leaves nothing behind. */
    @Override
    public void close() {
        outbox.flush();
        outbox.awaitBacklog(LAST_CALL);
        outbox.close();
        lock.close();
    }
}
