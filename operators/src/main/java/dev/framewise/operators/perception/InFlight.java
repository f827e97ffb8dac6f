package dev.framewise.operators.perception;

import dev.framewise.operators.frame.FrameTask;

/**
 * A frame between its arrival and its row.
 *
 * @param timestampMillis its event time as Flink counts it
 * @param segment its place at the gate
 */
record InFlight(FrameTask task, long timestampMillis, WatermarkGate.Segment segment) {
    /** Whether the detector is to look at it and has not yet done so. */
    boolean awaitsDetector() {
        return task.fate == null && task.decision.looks();
    }

    /** Bytes that it holds on the heap, but for a few. */
    long bytes() {
        return task.record.payload == null ? 0 : task.record.payload.length;
    }
}
