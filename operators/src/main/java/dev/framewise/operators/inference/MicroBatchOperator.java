package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.schemas.Fate;
import dev.framewise.vision.image.ImageFormatException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Gathers key frames of all cameras of a subtask into batches and runs them through the model.
 *
 * <p><b>Order.</b> Whatever arrives behind a frame that waits, waits behind it: skipped frames, watermarks and the idleness
 * of the input. So every camera keeps its order, and no frame becomes late by waiting.
 *
 * <p><b>Flush</b> when the batch is full, when the oldest frame has waited for {@code budget}, before a checkpoint's barrier
 * is passed on, and at the end of the input. Between two barriers nothing is held that the sources have not to replay, so
 * exactly-once needs no state here (tried: see docs/decisions/0003-micro-batching.md).
 *
 * <p><b>Thread.</b> Everything runs on the mailbox thread, the network included: on a CPU a second thread buys nothing, and
 * a busy mailbox is what makes backpressure reach Kafka. In flight are at most {@code slots} key frames and what came
 * between them.
 */
public final class MicroBatchOperator extends AbstractStreamOperator<FrameTask>
        implements OneInputStreamOperator<FrameTask, FrameTask>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final BatchSession.Factory factory;
    private final long budgetMillis;

    private transient BatchSession session;
    private transient ArrayDeque<StreamElement> waiting;
    private transient List<FrameTask> batch;
    private transient long[] loadedAtNanos;
    private transient ScheduledFuture<?> deadline;
    private transient Counter batches;
    private transient Counter batchedFrames;

    /**
     * @param factory opens the model on the subtask's machine
     * @param budget how long a frame may wait for company, at least 1 ms where the session has more than one slot
     */
    public MicroBatchOperator(BatchSession.Factory factory, Duration budget) {
        this.factory = factory;
        this.budgetMillis = Math.max(1, budget.toMillis());
    }

    @Override
    public void open() throws Exception {
        super.open();
        waiting = new ArrayDeque<>();
        session = factory.open();
        batch = new ArrayList<>(session.slots());
        loadedAtNanos = new long[session.slots()];
        batches = OperatorCounter.BATCHES.in(getMetricGroup());
        batchedFrames = OperatorCounter.BATCHED_FRAMES.in(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<FrameTask> element) {
        FrameTask task = element.getValue();
        session.stamp(task);
        boolean inBatch = task.keyFrame && load(task);
        if (!inBatch && waiting.isEmpty()) {
            output.collect(element);
            return;
        }
        // The element is reused by whoever sent it, the task is not.
        waiting.add(element.copy(task));
        if (batch.size() == session.slots()) {
            flush();
        } else if (inBatch && batch.size() == 1) {
            deadline = getProcessingTimeService()
                    .registerTimer(
                            getProcessingTimeService().getCurrentProcessingTime() + budgetMillis, now -> flush());
        }
    }

    private boolean load(FrameTask task) {
        int slot = batch.size();
        try {
            session.load(slot, task);
        } catch (ImageFormatException e) {
            task.deadLetter(e.problem().name(), e.getMessage());
            return false;
        }
        loadedAtNanos[slot] = System.nanoTime();
        batch.add(task);
        return true;
    }

    private void flush() {
        if (deadline != null) {
            deadline.cancel(/* mayInterruptIfRunning= */ false);
            deadline = null;
        }
        int size = batch.size();
        if (size > 0) {
            long started = System.nanoTime();
            session.run(size);
            for (int slot = 0; slot < size; slot++) {
                FrameTask task = batch.get(slot);
                session.finish(slot, task);
                task.fate = Fate.INFERRED;
                task.cost.batchSize = size;
                task.cost.waitNanos = started - loadedAtNanos[slot];
            }
            batch.clear();
            batches.inc();
            batchedFrames.inc(size);
        }
        StreamElement element;
        while ((element = waiting.poll()) != null) {
            emit(element);
        }
    }

    private void emit(StreamElement element) {
        try {
            if (element.isRecord()) {
                output.collect(element.asRecord());
            } else if (element.isWatermark()) {
                super.processWatermark(element.asWatermark());
            } else {
                super.processWatermarkStatus(element.asWatermarkStatus());
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot pass on " + element, e);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (waiting.isEmpty()) {
            super.processWatermark(mark);
        } else {
            waiting.add(mark);
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        if (waiting.isEmpty()) {
            super.processWatermarkStatus(status);
        } else {
            waiting.add(status);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void endInput() {
        flush();
    }

    @Override
    public void close() throws Exception {
        if (session != null) {
            session.close();
        }
        super.close();
    }
}
