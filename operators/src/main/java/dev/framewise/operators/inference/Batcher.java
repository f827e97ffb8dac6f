package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import java.util.List;

/**
 * A batch in the making, and perhaps one that runs. Key frames are loaded as they come; whoever loads them starts a run when
 * the batch is full or its time is up. One thread calls everything; where the run itself happens is the batcher's.
 *
 * <p>A run that failed is found by the next {@link #settle}, {@link #start} or {@link #await}, and by every one after it.
 */
public interface Batcher extends AutoCloseable {
    /** Whether the next frame would find no slot. */
    boolean isFull();

    /**
     * Decodes a frame into the next slot.
     *
     * @return whether it waits there now; if not, its picture was unusable and it is a dead letter
     * @throws IllegalStateException if the batch is full
     */
    boolean load(FrameTask task);

    /**
     * Nanoseconds until the oldest frame in the making has waited for its budget, negative when it has waited longer; the
     * largest number if there is none, or if it waits for nothing but the run before it.
     */
    long nanosLeft();

    /** Runs what is in the making; without effect if that is nothing, or while another run is on its way. */
    void start();

    /** Whether a run is on its way and not settled. */
    boolean isRunning();

    /** Waits for the run that is on its way; {@link #settle} then gives its frames. */
    void await();

    /** The frames of a run that has ended since the last call, each INFERRED and with its detections; valid until the next. */
    List<FrameTask> settle();

    /** Waits for a run that is on its way; the sessions stay the caller's to close. */
    @Override
    void close();
}
