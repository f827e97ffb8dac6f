package dev.framewise.operators.perception;

import dev.framewise.operators.inference.BatchListener;
import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.operators.metric.OperatorGauge;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What Flink's metric system is told about batches. Told on the mailbox thread. */
final class BatchMetrics implements BatchListener {
    /** What a busy machine may take to wake a thread: beyond it, a budget counts as broken. */
    private static final Duration GRACE = Duration.ofMillis(2);

    private final long allowedNanos;
    private final Counter batches;
    private final Counter batchedFrames;
    private final Counter waitMicros;
    private final Counter runMicros;
    private final Counter violations;

    /**
     * Registers everything.
     *
     * @param slots of a batch
     * @param budget how long a frame may wait for company
     */
    BatchMetrics(MetricGroup group, int slots, Duration budget) {
        allowedNanos = budget.plus(GRACE).toNanos();
        batches = OperatorCounter.BATCHES.in(group);
        batchedFrames = OperatorCounter.BATCHED_FRAMES.in(group);
        waitMicros = OperatorCounter.BATCH_WAIT_MICROS.in(group);
        runMicros = OperatorCounter.BATCH_RUN_MICROS.in(group);
        violations = OperatorCounter.BUDGET_VIOLATIONS.in(group);
        OperatorGauge.BATCH_OCCUPANCY.in(group, () -> occupancy(slots));
    }

    private double occupancy(int slots) {
        return batches.getCount() == 0 ? 0 : (double) batchedFrames.getCount() / (batches.getCount() * slots);
    }

    @Override
    public void ran(int frames, long waitNanos, long runNanos) {
        batches.inc();
        batchedFrames.inc(frames);
        waitMicros.inc(waitNanos / 1_000);
        runMicros.inc(runNanos / 1_000);
        if (waitNanos > allowedNanos) {
            violations.inc();
        }
    }
}
