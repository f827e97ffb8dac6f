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

    /** Bit k: sequence {@code highest - k} was seen, for k from 0 to 63. */
    public long seen;
}
