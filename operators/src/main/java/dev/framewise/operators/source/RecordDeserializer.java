package dev.framewise.operators.source;

import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic of one record type. An unreadable record is counted in the metric {@code unreadableRecords}, the first ones
 * are logged with their place in Kafka, and it is left out: nothing is lost, it stays in its topic.
 */
public final class RecordDeserializer<T extends SpecificRecordBase> implements KafkaRecordDeserializationSchema<T> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RecordDeserializer.class);
    private static final int LOGGED = 10;

    private final Class<T> type;
    private transient RecordCodec<T> codec;
    private transient Counter unreadable;

    public RecordDeserializer(Class<T> type) {
        this.type = type;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        codec = new RecordCodec<>(type);
        unreadable = OperatorCounter.UNREADABLE_RECORDS.in(context.getMetricGroup());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) {
        try {
            out.collect(codec.decode(record.value()));
        } catch (RecordFormatException e) {
            unreadable.inc();
            if (unreadable.getCount() <= LOGGED) {
                LOG.warn("left out {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            }
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return new AvroTypeInfo<>(type);
    }
}
