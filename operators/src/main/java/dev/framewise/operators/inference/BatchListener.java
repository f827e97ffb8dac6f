package dev.framewise.operators.inference;

/** Hears of every run of a batch; on the thread that ran it. */
public interface BatchListener {
    /**
     * A batch has run.
     *
     * @param frames in it, at least 1
     * @param waitNanos wall time that its oldest frame had waited for company
     * @param runNanos wall time from the start of the run to the boxes of its last frame
     */
    void ran(int frames, long waitNanos, long runNanos);
}
