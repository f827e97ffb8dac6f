package dev.framewise.operators.perception;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.Lane;
import dev.framewise.operators.inference.Batcher;
import dev.framewise.operators.tracking.FrameTracking;
import dev.framewise.operators.tracking.TrackingHost;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way of frames from arrival to row, of all cameras of a subtask.
 *
 * <p><b>Lanes.</b> The frames of one camera stand in a lane, those of its backlog in another, in their order, and leave it from the front: a frame that the
 * detector looks at once it has its result, any other at once. A cadence that needs no tracks decides when a frame arrives, so
 * that a backlog of one camera can share batches; one that needs them decides when the frame has come to the front, which is
 * when the one before was tracked.
 *
 * <p><b>Batches</b> are filled from all lanes, in order of arrival, and run when full, when the budget of the oldest frame is
 * spent, when more is in flight than allowed, and at {@link #flush}. Each run may free lanes whose next frames fill the next
 * batch. How frames are batched shows in no row: the network's result for a frame does not depend on its company, and each
 * camera is tracked in order.
 *
 * <p>Plain Java, one thread, which waits for a run only when there is nowhere to put another frame. Lanes are no state: before
 * a checkpoint they are flushed.
 */
final class PerceptionFlow {
    private final Batcher batcher;
    private final FrameTracking tracking;
    private final TrackingHost host;
    private final WatermarkGate gate;
    private final FlowLimits limits;
    private final Map<String, ArrayDeque<InFlight>> live = new HashMap<>();
    private final Map<String, ArrayDeque<InFlight>> backlogs = new HashMap<>();
    private final ArrayDeque<FrameTask> wanted = new ArrayDeque<>();
    private int frames;
    private long bytes;

    PerceptionFlow(Batcher batcher, FrameTracking tracking, TrackingHost host, WatermarkGate gate, FlowLimits limits) {
        this.batcher = batcher;
        this.tracking = tracking;
        this.host = host;
        this.gate = gate;
        this.limits = limits;
    }

    /** Takes in a frame; on the way, others and perhaps this one leave. */
    void accept(FrameTask task, long timestampMillis) {
        InFlight frame = new InFlight(task, timestampMillis, gate.enter());
        frames++;
        bytes += frame.bytes();
        ArrayDeque<InFlight> lane = laneOf(task);
        lane.add(frame);
        if (tracking.decidesAhead()) {
            decide(frame);
        }
        if (lane.size() == 1) {
            advance(lane);
        }
        load();
        runIfDue();
        // A frame that finds no slot blocks the thread, and that is what makes backpressure reach Kafka.
        while (!wanted.isEmpty() || frames > limits.maxFrames() || bytes > limits.maxBytes()) {
            batcher.await();
            run();
        }
    }

    /** Frames between arrival and row. Another thread may read a number that is a little old, as with Flink's own counters. */
    int framesInFlight() {
        return frames;
    }

    /** Bytes of their pictures; read as {@link #framesInFlight}. */
    long bytesInFlight() {
        return bytes;
    }

    /** Nanoseconds until the batch in the making has to run, zero or less if that is now; the largest number if none is. */
    long nanosLeft() {
        return batcher.nanosLeft();
    }

    /** Runs the batch in the making, and those that fill up behind it. */
    void run() {
        do {
            batcher.start();
            settle();
        } while (batcher.isFull() && !batcher.isRunning());
    }

    /** A run has ended: its frames leave, and the next may run. */
    void ended() {
        settle();
        runIfDue();
    }

    private void runIfDue() {
        if (batcher.isFull() || batcher.nanosLeft() <= 0) {
            run();
        }
    }

    private void settle() {
        List<FrameTask> seen = batcher.settle();
        for (int i = 0; i < seen.size(); i++) {
            advance(laneOf(seen.get(i)));
        }
        load();
    }

    /** Lets every frame leave. */
    void flush() {
        while (frames > 0) {
            batcher.await();
            run();
        }
        // Lanes are kept between flushes for the next frame, but not those of cameras that are gone.
        live.clear();
        backlogs.clear();
    }

    private ArrayDeque<InFlight> laneOf(FrameTask task) {
        return (task.lane == Lane.LIVE ? live : backlogs)
                .computeIfAbsent(task.record.camera, camera -> new ArrayDeque<>());
    }

    private void load() {
        while (!wanted.isEmpty() && !batcher.isFull()) {
            FrameTask task = wanted.remove();
            if (!batcher.load(task)) {
                advance(laneOf(task));
            }
        }
    }

    private void decide(InFlight frame) {
        host.turnTo(frame.task().record.camera, frame.task().lane, frame.timestampMillis());
        tracking.decide(frame.task());
        if (frame.awaitsDetector()) {
            wanted.add(frame.task());
        }
    }

    private void advance(ArrayDeque<InFlight> lane) {
        for (InFlight front = lane.peek(); front != null; front = lane.peek()) {
            if (front.task().decision == null) {
                decide(front);
            }
            if (front.awaitsDetector()) {
                return;
            }
            lane.remove();
            finish(front);
        }
    }

    private void finish(InFlight frame) {
        host.turnTo(frame.task().record.camera, frame.task().lane, frame.timestampMillis());
        tracking.finish(frame.task(), frame.timestampMillis());
        frames--;
        bytes -= frame.bytes();
        gate.leave(frame.segment());
    }
}
