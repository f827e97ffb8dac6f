package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.schemas.Fate;
import dev.framewise.vision.image.ImageFormatException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One batch in the making. Key frames are loaded as they come; the batch is to run when it is full, or when its oldest frame
 * has waited for the budget. Plain Java, one thread, no clock but the one it is given.
 */
public final class MicroBatcher {
    private final BatchSession session;
    private final long budgetNanos;
    private final LongSupplier nanoTicker;
    private final BatchListener listener;
    private final List<FrameTask> batch;
    private final List<FrameTask> finished;
    private final long[] loadedAtNanos;

    /**
     * @param session stays the caller's to close
     * @param budget how long a loaded frame may wait for company
     * @param nanoTicker nanoseconds from any beginning
     * @param listener hears of every run
     */
    public MicroBatcher(BatchSession session, Duration budget, LongSupplier nanoTicker, BatchListener listener) {
        this.session = session;
        this.budgetNanos = budget.toNanos();
        this.nanoTicker = nanoTicker;
        this.listener = listener;
        this.batch = new ArrayList<>(session.slots());
        this.finished = new ArrayList<>(session.slots());
        this.loadedAtNanos = new long[session.slots()];
    }

    /** Whether no frame waits. */
    public boolean isEmpty() {
        return batch.isEmpty();
    }

    /** Whether the next frame would find no slot. */
    public boolean isFull() {
        return batch.size() == session.slots();
    }

    /**
     * Decodes a frame into the next slot.
     *
     * @return whether it waits there now; if not, its picture was unusable and it is a dead letter
     * @throws IllegalStateException if the batch is full
     */
    public boolean load(FrameTask task) {
        if (isFull()) {
            throw new IllegalStateException("all " + session.slots() + " slots are taken");
        }
        int slot = batch.size();
        try {
            session.load(slot, task);
        } catch (ImageFormatException e) {
            task.deadLetter(e.problem().name(), e.getMessage());
            return false;
        }
        loadedAtNanos[slot] = nanoTicker.getAsLong();
        batch.add(task);
        return true;
    }

    /** Nanoseconds until the oldest frame's budget is spent, negative when it is overspent; the largest number if none waits. */
    public long nanosLeft() {
        return batch.isEmpty() ? Long.MAX_VALUE : loadedAtNanos[0] + budgetNanos - nanoTicker.getAsLong();
    }

    /**
     * Runs what waits, which may be nothing, through the model.
     *
     * @return the frames, each INFERRED and with its detections; valid until the next call
     */
    public List<FrameTask> run() {
        finished.clear();
        int size = batch.size();
        if (size == 0) {
            return finished;
        }
        long startedNanos = nanoTicker.getAsLong();
        session.run(size);
        for (int slot = 0; slot < size; slot++) {
            FrameTask task = batch.get(slot);
            session.finish(slot, task);
            task.fate = Fate.INFERRED;
            task.cost.batchSize = size;
            task.cost.waitNanos = startedNanos - loadedAtNanos[slot];
            finished.add(task);
        }
        batch.clear();
        listener.ran(size, startedNanos - loadedAtNanos[0], nanoTicker.getAsLong() - startedNanos);
        return finished;
    }
}
