package dev.framewise.operators.frame;

import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic {@code directives}. A tombstone withdraws. What cannot be read or makes no sense is counted in the metric
 * {@code unreadableRecords}, the first ones are logged, and it changes nothing: as at the gateway, the directive before stays in force.
 */
public final class DirectiveDeserializer implements KafkaRecordDeserializationSchema<Steering> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DirectiveDeserializer.class);
    private static final int LOGGED = 10;

    private transient RecordCodec<Directive> codec;
    private transient Counter unreadable;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        codec = new RecordCodec<>(Directive.class);
        unreadable = OperatorCounter.UNREADABLE_RECORDS.in(context.getMetricGroup());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Steering> out) {
        String device = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            out.collect(Steering.directive(device, /* directive= */ null));
            return;
        }
        String problem;
        try {
            Directive directive = codec.decode(record.value());
            problem = problemOf(directive, device);
            if (problem == null) {
                out.collect(Steering.directive(device, directive));
                return;
            }
        } catch (RecordFormatException e) {
            problem = e.getMessage();
        }
        unreadable.inc();
        if (unreadable.getCount() <= LOGGED) {
            LOG.warn("left out {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), problem);
        }
    }

    private static String problemOf(Directive directive, String device) {
        if (!directive.getDevice().equals(device)) {
            return "keyed '" + device + "' but for '" + directive.getDevice() + "'";
        }
        return directive.getDetectorInterval() < 1
                ? "detectorInterval = " + directive.getDetectorInterval() + " must be at least 1"
                : null;
    }

    @Override
    public TypeInformation<Steering> getProducedType() {
        return TypeInformation.of(Steering.class);
    }
}
