package dev.framewise.gateway.publish;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Kafka's producer, idempotent and acknowledged by all replicas, so that a record is delivered once and in order or not at
 * all. Uncompressed: the payloads are JPEG. Memory is bounded by {@link #BUFFER_BYTES}; where it is full, {@link #send} waits.
 *
 * <p>The first failure is kept and thrown by every later call.
 */
public final class KafkaRecordSink implements RecordSink {
    /** Records under way; four of the largest. */
    static final long BUFFER_BYTES = 4L * Topic.MAX_RECORD_BYTES;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaProducer<String, byte[]> producer;
    private final String bootstrapServers;
    private final AtomicReference<GatewayException> firstFailure = new AtomicReference<>();

    /**
     * Connects in the background; an unreachable broker shows at the first record.
     *
     * @throws GatewayException if the settings make no client
     */
    public KafkaRecordSink(KafkaSettings settings) {
        bootstrapServers = settings.bootstrapServers();
        try {
            producer = new KafkaProducer<>(properties(settings), new StringSerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw new GatewayException("kafka: " + e.getMessage() + "; check kafka.bootstrap and kafka.properties", e);
        }
    }

    private static Map<String, Object> properties(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.clientProperties());
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        // Waiting for more would add its time to every frame's latency; under load batches form by themselves.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_RECORD_BYTES);
        return properties;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    public void send(Topic topic, String key, long timestampMillis, byte[] value) {
        throwFirstFailure();
        producer.send(
                new ProducerRecord<>(topic.topicName(), /* partition= */ null, timestampMillis, key, value),
                (metadata, failure) -> {
                    if (failure != null) {
                        firstFailure.compareAndSet(null, failed(topic, key, failure));
                    }
                });
    }

    @Override
    public void flush() {
        producer.flush();
        throwFirstFailure();
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private void throwFirstFailure() {
        GatewayException failure = firstFailure.get();
        if (failure != null) {
            throw failure;
        }
    }

    private GatewayException failed(Topic topic, String key, Exception cause) {
        return new GatewayException(
                "topic " + topic.topicName() + ", key " + key + ": not delivered to " + bootstrapServers + " ("
                        + cause.getMessage() + "); is the broker up, and does the topic exist?",
                cause);
    }
}
