package dev.framewise.operators.sink;

/** A Kafka record that only has to be sent. A Flink POJO: records of several topics cross one channel to one sink. */
public class EncodedRecord {
    public String topic;

    /** What decides the partition; null for any. */
    public byte[] key;

    /** As {@link dev.framewise.schemas.RecordCodec} encodes it. */
    public byte[] value;
}
