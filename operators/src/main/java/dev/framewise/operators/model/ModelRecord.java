package dev.framewise.operators.model;

/** One record of the topic {@code models} as it was read. A Flink POJO. */
public class ModelRecord {
    /** Where it was read, for dead letters. */
    public String topic;

    public int partition;
    public long offset;

    /** Kafka key; null for none. */
    public byte[] key;

    /** The whole value; null for a tombstone. */
    public byte[] value;
}
