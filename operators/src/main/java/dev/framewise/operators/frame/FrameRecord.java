package dev.framewise.operators.frame;

import dev.framewise.schemas.Disposition;

/**
 * One record of the topic {@code frames} as it was read, usable or not. A Flink POJO: it crosses the one shuffle of the
 * perception job, with the picture still compressed.
 */
public class FrameRecord {
    /** Where it was read, for dead letters. */
    public String topic;

    public int partition;
    public long offset;

    /** Board; empty where the record is unreadable. */
    public String device;

    /** Key of the stream; of an unreadable record, the Kafka key. Never null. */
    public String camera;

    /** Microseconds since 1970 at which the gateway started counting; see the schema Frame. */
    public long bootEpoch;

    /** Gap-free per camera and boot epoch; -1 where unreadable. */
    public long sequence;

    /** Event time, microseconds since 1970; of an unreadable record, Kafka's timestamp. */
    public long capturedAtMicros;

    /** "jpeg" or "none", or whatever the producer wrote. */
    public String codec;

    /** Pixels, as the gateway states them. */
    public int width;

    /** Pixels, as the gateway states them. */
    public int height;

    /** The encoded picture, or null; of an unreadable record, the whole value. */
    public byte[] payload;

    /** What the gateway did with the frame; null where unreadable. */
    public Disposition disposition;

    /** Whether it waited on the gateway's disk while Kafka was away. */
    public boolean replayed;

    /** Why this record is unreadable, a word for machines; null where it is fine. */
    public String problem;

    /** The same for people; null where it is fine. */
    public String reason;

    /** Whether the bytes could be decoded at all. */
    public boolean readable() {
        return problem == null;
    }
}
