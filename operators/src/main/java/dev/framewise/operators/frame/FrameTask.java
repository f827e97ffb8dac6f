package dev.framewise.operators.frame;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.track.LookReason;
import dev.framewise.vision.track.PixelSource;

/**
 * A frame on its way through one subtask, from admission to the track row; each stage fills in its part. A Flink POJO, but
 * the stages are chained: it is handed on by reference and never serialized.
 */
public class FrameTask {
    /** What was read. */
    public FrameRecord record;

    /** In which of its camera's lanes it is followed. */
    public Lane lane = Lane.LIVE;

    /** Whether its lane ends here: then this task is no frame, and {@link #record} holds nothing but a key and a time. */
    public boolean endsLane;

    /** How the frame ended; null while that is still open. */
    public Fate fate;

    /** Whether the detector is to look at it, and why; null while nobody has decided. */
    public LookReason decision;

    /** The detector may look at one of this many frames, by the directive in force for its board; 1 where there is none. */
    public int directedInterval = 1;

    /** Whether it is the first of a boot epoch in its lane, after one of an earlier epoch. */
    public boolean rebooted;

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

    /** At which size the picture that its tracker saw was decoded, FULL or HALF; null where only luma was. */
    public JpegScale decodedAt;

    /** Its pixels as the detector decoded them; null where they were not kept. Valid until the session loads the next batch. */
    public transient PixelSource pixels;

    /**
     * A record of the topic {@code models} on its way to the model, among the frames so that it keeps its place between two
     * barriers; null for a frame. Then this task is no frame, and {@link #record} holds nothing but a key.
     */
    public byte[] release;

    /** What it cost. */
    public StageCost cost = new StageCost();

    /** Whether its fate is open and there is a picture to look at. */
    public boolean hasPicture() {
        return fate == null && record.disposition == Disposition.SENT;
    }

    /** Ends this frame's way as a dead letter. */
    public void deadLetter(String why, String explanation) {
        fate = Fate.DEAD_LETTERED;
        problem = why;
        reason = explanation;
    }
}
