package dev.framewise.operators.frame;

/** The records of one camera and boot epoch that wait for an earlier one, by sequence. One thread. */
public interface WaitingFrames {
    boolean contains(long sequence);

    /** The record of a sequence that waits. */
    FrameRecord get(long sequence);

    void put(FrameRecord record);

    /** Takes out and returns the record of a sequence that waits. */
    FrameRecord remove(long sequence);

    /** The lowest sequence that waits; only asked while one does. */
    long lowest();
}
