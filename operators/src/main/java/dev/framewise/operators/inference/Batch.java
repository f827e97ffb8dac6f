package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.schemas.Fate;
import dev.framewise.vision.image.ImageFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Frames in the slots of a session. One thread at a time; {@link #run} may be another's than the rest. */
final class Batch {
    private final BatchSession session;
    private final LongSupplier nanoTicker;
    private final List<FrameTask> tasks;
    private final long[] loadedAtNanos;
    private long startedNanos;
    private long endedNanos;

    Batch(BatchSession session, LongSupplier nanoTicker) {
        this.session = session;
        this.nanoTicker = nanoTicker;
        this.tasks = new ArrayList<>(session.slots());
        this.loadedAtNanos = new long[session.slots()];
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    boolean isFull() {
        return tasks.size() == loadedAtNanos.length;
    }

    /** When the oldest frame was loaded; of a batch that is not empty. */
    long oldestNanos() {
        return loadedAtNanos[0];
    }

    /** When the last run ended. */
    long endedNanos() {
        return endedNanos;
    }

    boolean load(FrameTask task) {
        if (isFull()) {
            throw new IllegalStateException("all " + loadedAtNanos.length + " slots are taken");
        }
        int slot = tasks.size();
        try {
            session.load(slot, task);
        } catch (ImageFormatException e) {
            task.deadLetter(e.problem().name(), e.getMessage());
            return false;
        }
        loadedAtNanos[slot] = nanoTicker.getAsLong();
        tasks.add(task);
        return true;
    }

    /** Its waiting is over; {@link #run} follows, here or on another thread. */
    void begin() {
        startedNanos = nanoTicker.getAsLong();
    }

    void run() {
        session.run(tasks.size());
        endedNanos = nanoTicker.getAsLong();
    }

    /**
     * Gives every frame its detections and empties the batch.
     *
     * @param freeSinceNanos since when the model could have run it
     */
    void settle(List<FrameTask> into, long freeSinceNanos, BatchListener listener) {
        int size = tasks.size();
        for (int slot = 0; slot < size; slot++) {
            FrameTask task = tasks.get(slot);
            session.finish(slot, task);
            task.fate = Fate.INFERRED;
            task.cost.batchSize = size;
            task.cost.waitNanos = startedNanos - loadedAtNanos[slot];
            into.add(task);
        }
        tasks.clear();
        // Differences, because a ticker's numbers may wrap around.
        long waited = Math.min(startedNanos - loadedAtNanos[0], startedNanos - freeSinceNanos);
        listener.ran(size, waited, endedNanos - startedNanos);
    }
}
