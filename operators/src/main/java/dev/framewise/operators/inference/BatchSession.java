package dev.framewise.operators.inference;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.model.Evidence;
import dev.framewise.vision.model.Release;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

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

    /** Takes a record of the topic {@code models}; what it changes, it changes at a {@link #barrier}. */
    default void follow(Release release) {}

    /** What was learned of a release since the last call; called before a barrier is passed on, when no frame waits. */
    default Optional<Evidence> report() {
        return Optional.empty();
    }

    /** Whether what is pending could come into force now. */
    default boolean isReady() {
        return true;
    }

    /** A checkpoint's barrier has passed and no frame waits: now another version comes into force, if it is ready. */
    default void barrier() {}

    /** What a session that is restored from this checkpoint needs to go on with the same versions; after {@link #barrier}. */
    default byte[] snapshot() {
        return new byte[0];
    }

    /** The version that frames go to; of two, the newer. */
    default String liveModel() {
        return "";
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

        /**
         * Opens a session that goes on where others were at a checkpoint.
         *
         * @param snapshots of all subtasks, which may have been more or fewer; empty at the first start
         */
        default BatchSession open(List<byte[]> snapshots) throws Exception {
            return open();
        }
    }
}
