package dev.framewise.operators.frame;

import dev.framewise.schemas.Fate;

/**
 * A frame on its way through one subtask, from admission to the track row; each stage fills in its part. A Flink POJO, but
 * the stages are chained: it is handed on by reference and never serialized.
 */
public class FrameTask {
    /** What was read. */
    public FrameRecord record;

    /** How the frame ended; null while that is still open. */
    public Fate fate;

    /** Whether the detector is to look at it. */
    public boolean keyFrame;

    /** By how many the camera's known sequence numbers grew with this record. */
    public long newlyCaptured;

    /** Why it is dead-lettered, a word for machines; null where it is not. */
    public String problem;

    /** The same for people. */
    public String reason;

    /** Detections of a key frame: 4 numbers per box, Xyxy, pixels of the source picture; null where not inferred. */
    public float[] boxesXyxy;

    /** Score per box, 0 to 1. */
    public float[] scores;

    /** Class index per box. */
    public int[] classIds;

    /** What it cost. */
    public StageCost cost = new StageCost();

    /** Ends this frame's way as a dead letter. */
    public void deadLetter(String why, String explanation) {
        fate = Fate.DEAD_LETTERED;
        keyFrame = false;
        problem = why;
        reason = explanation;
    }
}
