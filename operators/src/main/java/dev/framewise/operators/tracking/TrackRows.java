package dev.framewise.operators.tracking;

import dev.framewise.operators.frame.FrameRecord;
import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.Lane;
import dev.framewise.operators.frame.StageCost;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.TrackRecords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;

/** Turns a tracked frame into the records that leave the job. */
final class TrackRows {
    private TrackRows() {}

    /** The row of a frame; depends on nothing but the frames so far. */
    static TrackRow frame(TrackedRow frame, String camera, Lane lane, TrackList shown) {
        TrackRow row = new TrackRow(
                RowKind.FRAME,
                frame.device(),
                camera,
                frame.bootEpoch(),
                frame.sequence(),
                frame.capturedAtMicros(),
                frame.width(),
                frame.height(),
                frame.fate(),
                frame.model(),
                TrackRecords.boxes(shown),
                TrackRecords.started(shown),
                TrackRecords.ended(shown),
                frame.decision().name(),
                lane == Lane.BACKLOG);
        return inIdsOf(lane, row);
    }

    /** The row that ends a camera's tracks. */
    static TrackRow closing(CameraTracks camera, String name, Lane lane, TrackList closed) {
        TrackRow row = new TrackRow(
                RowKind.CLOSING,
                camera.device,
                name,
                camera.bootEpoch,
                camera.sequence,
                camera.capturedAtMicros,
                camera.width,
                camera.height,
                /* fate= */ null,
                camera.model,
                List.of(),
                List.of(),
                TrackRecords.ended(closed),
                /* decision= */ null,
                lane == Lane.BACKLOG);
        return inIdsOf(lane, row);
    }

    /** Trackers of both lanes count 1, 2, 3, ...; those of a backlog's tracks are told -1, -2, -3, ..., so that none is ever used twice. */
    private static TrackRow inIdsOf(Lane lane, TrackRow row) {
        if (lane == Lane.BACKLOG) {
            row.getBoxes().forEach(box -> box.setTrackId(-box.getTrackId()));
            Collections.reverse(row.getBoxes());
            row.setStarted(negative(row.getStarted()));
            row.setEnded(negative(row.getEnded()));
        }
        return row;
    }

    private static List<Long> negative(List<Long> ids) {
        return ids.stream().map(id -> -id).toList();
    }

    /** What the ledger is told of a tracked frame. */
    static FateEvent fate(TrackedRow frame, String camera) {
        FateEvent event = new FateEvent();
        event.device = frame.device();
        event.camera = camera;
        event.bootEpoch = frame.bootEpoch();
        event.capturedAtMicros = frame.capturedAtMicros();
        event.fate = frame.fate();
        event.newlyCaptured = frame.newlyCaptured();
        return event;
    }

    /** What it is told of any other. */
    static FateEvent fate(FrameTask task) {
        FateEvent event = new FateEvent();
        event.device = task.record.device;
        event.camera = task.record.camera;
        event.bootEpoch = task.record.bootEpoch;
        event.capturedAtMicros = task.record.capturedAtMicros;
        event.fate = task.fate;
        event.newlyCaptured = task.newlyCaptured;
        return event;
    }

    /** The cost of a frame; the only record that knows wall time. */
    static InferenceSample sample(FrameTask task, long trackNanos) {
        FrameRecord record = task.record;
        StageCost cost = task.cost;
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return new InferenceSample(
                record.device,
                record.camera,
                record.bootEpoch,
                record.sequence,
                record.capturedAtMicros,
                task.fate,
                cost.model,
                cost.precision,
                cost.provider,
                cost.batchSize,
                cost.decodeNanos / 1_000,
                cost.letterboxNanos / 1_000,
                cost.waitNanos / 1_000,
                cost.inferenceNanos / 1_000,
                cost.postprocessNanos / 1_000,
                trackNanos / 1_000,
                nowMicros - record.capturedAtMicros,
                task.lane == Lane.BACKLOG);
    }

    /** Holds the whole value, unless Kafka could not take it a second time; then its place is where the rest is found. */
    static DeadLetter deadLetter(FrameTask task) {
        FrameRecord record = task.record;
        ByteBuffer value = null;
        String reason = task.reason;
        if (record.payload != null) {
            int length = Math.min(record.payload.length, Topic.MAX_RECORD_BYTES);
            value = ByteBuffer.wrap(record.payload, 0, length);
            if (length < record.payload.length) {
                reason += String.format(
                        "; the first %d of %d bytes are here, all of them at %s-%d@%d",
                        length, record.payload.length, record.topic, record.partition, record.offset);
            }
        }
        return new DeadLetter(
                record.topic,
                record.partition,
                record.offset,
                ByteBuffer.wrap(record.camera.getBytes(StandardCharsets.UTF_8)),
                value,
                task.problem,
                reason,
                record.camera,
                record.readable() ? record.sequence : null);
    }
}
