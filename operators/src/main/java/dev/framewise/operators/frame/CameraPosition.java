package dev.framewise.operators.frame;

/**
 * How far one camera's stream has come: keyed state of {@link AdmissionFunction}, a Flink POJO (its serializer is versioned
 * and evolves by field).
 */
public class CameraPosition {
    /** The boot epoch being counted, microseconds since 1970. */
    public long bootEpoch;

    /** Highest sequence seen in it. */
    public long highest = -1;

    /**
     * Bit k: sequence {@code highest - k} was seen, for k from 0 to 63. Only in state that was kept before {@link MissingFrames}
     * was; 0 since.
     */
    public long seen;

    /** Latest capture time in it, microseconds since 1970. */
    public long latestMicros;

    /** Records that wait for an earlier one; see {@link FrameOrder}. */
    public int waiting;

    /** Bytes of their pictures. */
    public long waitingBytes;

    /** Event time, milliseconds, at which somebody looks after them; 0 for never. */
    public long wakeAtMillis;

    /** Whether there are frames in the {@link BacklogLane} whose tracks have not ended. */
    public boolean backlogOpen;

    /** Boot epoch of the last frame that was in it. */
    public long backlogEpoch;

    /** Its sequence; -1 where there never was one. Kept: the lane never goes back. */
    public long backlogSequence = -1;

    /** What {@link #latestMicros} was when it came. */
    public long backlogAtMicros;
}
