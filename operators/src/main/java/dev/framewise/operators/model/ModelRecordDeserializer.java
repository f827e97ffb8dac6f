package dev.framewise.operators.model;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the topic {@code models} as it is: what cannot be used is the next stage's to say. */
public final class ModelRecordDeserializer implements KafkaRecordDeserializationSchema<ModelRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ModelRecord> out) {
        ModelRecord read = new ModelRecord();
        read.topic = record.topic();
        read.partition = record.partition();
        read.offset = record.offset();
        read.key = record.key();
        read.value = record.value();
        out.collect(read);
    }

    @Override
    public TypeInformation<ModelRecord> getProducedType() {
        return TypeInformation.of(ModelRecord.class);
    }
}
