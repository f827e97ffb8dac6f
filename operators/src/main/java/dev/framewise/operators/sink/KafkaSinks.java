package dev.framewise.operators.sink;

import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Kafka sinks of a job, all on one cluster. */
public final class KafkaSinks {
    /** Below the broker's default transaction.max.timeout.ms of 15 minutes; a job down for longer loses open transactions. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

    /**
     * How long a record may wait for company in its producer. Nobody waits for it: what is exactly-once is read with its
     * checkpoint, what is not is read by the second. Without it every frame costs the producers and the broker a request a
     * topic ({@code framewise bench pipeline} prints both).
     */
    private static final Duration LINGER = Duration.ofMillis(200);

    private final String bootstrapServers;
    private final String transactionalIdPrefix;

    /**
     * @param bootstrapServers host:port, comma separated
     * @param transactionalIdPrefix unique among the jobs of the Kafka cluster, and the same after a restart
     */
    public KafkaSinks(String bootstrapServers, String transactionalIdPrefix) {
        this.bootstrapServers = bootstrapServers;
        this.transactionalIdPrefix = transactionalIdPrefix;
    }

    /** Records become visible to read_committed consumers with the checkpoint that contains them, once. */
    public <T extends SpecificRecord> KafkaSink<T> exactlyOnce(Topic topic, Class<T> type, RecordKey<T> key) {
        return exactlyOnce(topic.topicName(), new RecordSerializer<>(new RecordEncoder<>(topic, type, key)));
    }

    /**
     * The same for records of several topics, in one transaction: a transaction costs the broker and the job the same however
     * little is in it.
     *
     * @param name of the transactions, unique in the job
     */
    public KafkaSink<EncodedRecord> exactlyOnce(String name) {
        return exactlyOnce(name, (record, context, timestamp) -> RecordSerializer.producerRecord(record));
    }

    private <T> KafkaSink<T> exactlyOnce(String name, KafkaRecordSerializationSchema<T> serializer) {
        return builder(serializer)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(transactionalIdPrefix + "-" + name)
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TRANSACTION_TIMEOUT.toMillis()))
                .build();
    }

    /** Records become visible at once, and after a failure some a second time. */
    public <T extends SpecificRecord> KafkaSink<T> atLeastOnce(Topic topic, Class<T> type, RecordKey<T> key) {
        return builder(new RecordSerializer<>(new RecordEncoder<>(topic, type, key)))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }

    private <T> KafkaSinkBuilder<T> builder(KafkaRecordSerializationSchema<T> serializer) {
        Properties producer = new Properties();
        producer.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(2 * Topic.MAX_RECORD_BYTES));
        producer.setProperty(ProducerConfig.LINGER_MS_CONFIG, Long.toString(LINGER.toMillis()));
        return KafkaSink.<T>builder()
                .setBootstrapServers(bootstrapServers)
                .setKafkaProducerConfig(producer)
                .setRecordSerializer(serializer);
    }
}
