package dev.framewise.operators.tracking;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.schemas.Fate;
import dev.framewise.vision.track.LookReason;

/**
 * A tracked frame without its tracks.
 *
 * @param device that the camera is part of
 * @param capturedAtMicros capture time, microseconds since 1970
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 * @param fate INFERRED, INTERPOLATED or PREDICTED
 * @param model that saw the last key frame; null before the first
 * @param decision why the detector looked, or did not
 * @param newlyCaptured by how many the known sequence numbers grew with it
 * @param timestampMillis its event time as Flink counts it
 */
record TrackedRow(
        String device,
        long bootEpoch,
        long sequence,
        long capturedAtMicros,
        int width,
        int height,
        Fate fate,
        String model,
        LookReason decision,
        long newlyCaptured,
        long timestampMillis) {
    /** Of a frame whose fate is known, as far as it is. */
    static TrackedRow of(FrameTask task, String model, long timestampMillis) {
        return new TrackedRow(
                task.record.device,
                task.record.bootEpoch,
                task.record.sequence,
                task.record.capturedAtMicros,
                task.record.width,
                task.record.height,
                task.fate,
                model,
                task.decision,
                task.newlyCaptured,
                timestampMillis);
    }

    TrackedRow withFate(Fate other) {
        return new TrackedRow(
                device,
                bootEpoch,
                sequence,
                capturedAtMicros,
                width,
                height,
                other,
                model,
                decision,
                newlyCaptured,
                timestampMillis);
    }
}
