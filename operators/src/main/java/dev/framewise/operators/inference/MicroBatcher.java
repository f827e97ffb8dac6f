package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Runs a batch where it is started: on the caller's thread, which is busy as long. So on a CPU, where a second thread would
 * only take the core from the first.
 */
public final class MicroBatcher implements Batcher {
    private final Batch batch;
    private final long budgetNanos;
    private final LongSupplier nanoTicker;
    private final BatchListener listener;
    private final List<FrameTask> finished = new ArrayList<>();
    private boolean hasRun;

    /**
     * @param session stays the caller's to close
     * @param budget how long a loaded frame may wait for company
     * @param nanoTicker nanoseconds from any beginning
     * @param listener hears of every run
     */
    public MicroBatcher(BatchSession session, Duration budget, LongSupplier nanoTicker, BatchListener listener) {
        this.batch = new Batch(session, nanoTicker);
        this.budgetNanos = budget.toNanos();
        this.nanoTicker = nanoTicker;
        this.listener = listener;
    }

    @Override
    public boolean isFull() {
        return batch.isFull();
    }

    @Override
    public boolean load(FrameTask task) {
        return batch.load(task);
    }

    @Override
    public long nanosLeft() {
        return batch.isEmpty() ? Long.MAX_VALUE : batch.oldestNanos() + budgetNanos - nanoTicker.getAsLong();
    }

    @Override
    public void start() {
        if (!batch.isEmpty()) {
            batch.begin();
            batch.run();
            hasRun = true;
        }
    }

    @Override
    public boolean isRunning() {
        return false;
    }

    @Override
    public void await() {}

    @Override
    public List<FrameTask> settle() {
        finished.clear();
        if (hasRun) {
            hasRun = false;
            batch.settle(finished, /* freeSinceNanos= */ batch.oldestNanos(), listener);
        }
        return finished;
    }

    @Override
    public void close() {}
}
