package dev.framewise.operators.sink;

import dev.framewise.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Turns one record type into Kafka records of one topic. The partition follows from the key. */
final class RecordSerializer<T extends SpecificRecord> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final Class<T> type;
    private final RecordKey<T> key;
    private transient RecordCodec<T> codec;

    RecordSerializer(String topic, Class<T> type, RecordKey<T> key) {
        this.topic = topic;
        this.type = type;
        this.key = key;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        codec = new RecordCodec<>(type);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T record, KafkaSinkContext context, Long timestamp) {
        String name = key.of(record);
        byte[] keyBytes = name == null ? null : name.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, keyBytes, codec.encode(record));
    }
}
