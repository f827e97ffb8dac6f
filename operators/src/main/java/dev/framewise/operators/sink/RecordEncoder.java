package dev.framewise.operators.sink;

import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Turns one record type into Kafka records of one topic. The partition follows from the key. Travels with the job; one thread.
 */
public final class RecordEncoder<T extends SpecificRecord> implements MapFunction<T, EncodedRecord>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final Class<T> type;
    private final RecordKey<T> key;
    private transient RecordCodec<T> codec;

    /** @param key of each record, as {@link Topic} says */
    public RecordEncoder(Topic topic, Class<T> type, RecordKey<T> key) {
        this.topic = topic.topicName();
        this.type = type;
        this.key = key;
    }

    @Override
    public EncodedRecord map(T record) {
        if (codec == null) {
            codec = new RecordCodec<>(type);
        }
        String name = key.of(record);
        EncodedRecord encoded = new EncodedRecord();
        encoded.topic = topic;
        encoded.key = name == null ? null : name.getBytes(StandardCharsets.UTF_8);
        encoded.value = codec.encode(record);
        return encoded;
    }
}
