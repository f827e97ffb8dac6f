package dev.framewise.operators.inference;

/** Whether the next batch is decoded while the network runs: {@link OverlappedBatcher} or {@link MicroBatcher}. */
public enum Overlap {
    /** Where the network runs on something else than the machine's cores. */
    AUTO,
    ALWAYS,
    NEVER;

    /** Whether sessions like this one are to take turns. */
    public boolean applies(BatchSession session) {
        return this == ALWAYS || (this == AUTO && session.runsOffCpu());
    }
}
