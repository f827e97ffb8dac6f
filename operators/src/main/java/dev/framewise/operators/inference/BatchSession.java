package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.vision.image.ImageFormatException;
import java.io.Serializable;

/**
 * A model with room for one batch of frames. Used by one thread at a time, the mailbox thread of its subtask, but for
 * {@link #run}, which an {@link OverlappedBatcher} calls on a thread of its own; {@link #close} releases its native memory.
 */
public interface BatchSession extends AutoCloseable {
    /** Frames that fit into a batch; at least 1. Waiting for more than this buys nothing. */
    int slots();

    /**
     * Decodes a frame's picture into a slot of the batch tensor.
     *
     * @throws ImageFormatException if the picture cannot be used; the slot is then free again
     */
    void load(int slot, FrameTask task) throws ImageFormatException;

    /** Runs the network over the slots 0 to {@code count - 1}. */
    void run(int count);

    /** Writes a slot's detections and cost into its task. */
    void finish(int slot, FrameTask task);

    /** Writes the model in force, its precision and its provider into the cost of any task. */
    void stamp(FrameTask task);

    /** Whether the network runs on something else than the machine's cores, so that these have time while it does. */
    default boolean runsOffCpu() {
        return false;
    }

    @Override
    void close();

    /** Opens a session on the machine of the subtask. Serializable: it travels with the job. */
    interface Factory extends Serializable {
        /**
         * @throws Exception if the model or a provider that was strictly asked for cannot be had: the job must not start
         */
        BatchSession open() throws Exception;

        /** Whether two sessions that this opens see alike for as long as they live, so that they may take turns. */
        default boolean opensTwins() {
            return false;
        }
    }
}
