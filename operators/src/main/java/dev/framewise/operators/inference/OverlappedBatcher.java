package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs a batch on a thread of its own, while the caller's decodes the next one into a second session: for a model that runs
 * on something else than the cores that decode. At most one batch runs and one is in the making; the first failure is kept.
 */
public final class OverlappedBatcher implements Batcher {
    private final long budgetNanos;
    private final LongSupplier nanoTicker;
    private final BatchListener listener;
    private final Runnable ended;
    private final ExecutorService runner;
    private final List<FrameTask> finished = new ArrayList<>();
    private Batch making;
    private Batch spare;
    private CompletableFuture<Void> run;
    private long freeSinceNanos;
    private RuntimeException failure;

    /**
     * @param first one of two sessions of the same model, of as many slots; both stay the caller's to close
     * @param budget how long a loaded frame may wait for company while nothing runs
     * @param nanoTicker nanoseconds from any beginning
     * @param listener hears of every run, on the caller's thread
     * @param ended called on the runner's thread when a run has ended, well or not: the caller is to settle it
     */
    public OverlappedBatcher(
            BatchSession first,
            BatchSession second,
            Duration budget,
            LongSupplier nanoTicker,
            BatchListener listener,
            Runnable ended) {
        if (first.slots() != second.slots()) {
            throw new IllegalArgumentException(
                    "sessions of " + first.slots() + " and " + second.slots() + " slots cannot take turns");
        }
        this.making = new Batch(first, nanoTicker);
        this.spare = new Batch(second, nanoTicker);
        this.budgetNanos = budget.toNanos();
        this.nanoTicker = nanoTicker;
        this.listener = listener;
        this.ended = ended;
        this.freeSinceNanos = nanoTicker.getAsLong();
        this.runner = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "model-run");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public boolean isFull() {
        return making.isFull();
    }

    @Override
    public boolean load(FrameTask task) {
        return making.load(task);
    }

    @Override
    public long nanosLeft() {
        return run != null || making.isEmpty()
                ? Long.MAX_VALUE
                : making.oldestNanos() + budgetNanos - nanoTicker.getAsLong();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what ends the run is told by 'run' itself
    public void start() {
        check();
        if (run != null || making.isEmpty()) {
            return;
        }
        Batch batch = making;
        making = spare;
        spare = batch;
        batch.begin();
        run = CompletableFuture.runAsync(batch::run, runner);
        // Not within the run: whoever is told must find it done.
        run.whenComplete((nothing, problem) -> ended.run());
    }

    @Override
    public boolean isRunning() {
        return run != null;
    }

    @Override
    public void await() {
        check();
        if (run == null) {
            return;
        }
        try {
            run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a batch was running", e);
        } catch (ExecutionException e) {
            throw keep(e.getCause());
        }
    }

    @Override
    public List<FrameTask> settle() {
        check();
        finished.clear();
        if (run == null || !run.isDone()) {
            return finished;
        }
        try {
            run.join();
        } catch (CompletionException e) {
            throw keep(e.getCause());
        }
        run = null;
        spare.settle(finished, freeSinceNanos, listener);
        freeSinceNanos = spare.endedNanos();
        return finished;
    }

    private RuntimeException keep(Throwable cause) {
        failure = new IllegalStateException("running a batch failed: " + cause.getMessage(), cause);
        return failure;
    }

    private void check() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Native memory must not be taken from under a run: waits, interrupted or not. */
    @Override
    public void close() {
        runner.shutdown();
        boolean interrupted = false;
        while (!runner.isTerminated()) {
            try {
                runner.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
