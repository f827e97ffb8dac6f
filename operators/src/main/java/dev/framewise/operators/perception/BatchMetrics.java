package dev.framewise.operators.perception;

import dev.framewise.operators.inference.BatchListener;
import dev.framewise.operators.metric.OperatorCounter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What Flink's metric system is told about batches. */
final class BatchMetrics implements BatchListener {
    private final Counter batches;
    private final Counter batchedFrames;

    BatchMetrics(MetricGroup group) {
        batches = OperatorCounter.BATCHES.in(group);
        batchedFrames = OperatorCounter.BATCHED_FRAMES.in(group);
    }

    @Override
    public void ran(int frames, long waitNanos, long runNanos) {
        batches.inc();
        batchedFrames.inc(frames);
    }
}
