package dev.framewise.operators.sink;

import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes one record type to one topic. */
final class RecordSerializer<T extends SpecificRecord> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final RecordEncoder<T> encoder;

    RecordSerializer(RecordEncoder<T> encoder) {
        this.encoder = encoder;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T record, KafkaSinkContext context, Long timestamp) {
        return producerRecord(encoder.map(record));
    }

    static ProducerRecord<byte[], byte[]> producerRecord(EncodedRecord record) {
        return new ProducerRecord<>(record.topic, record.key, record.value);
    }
}
