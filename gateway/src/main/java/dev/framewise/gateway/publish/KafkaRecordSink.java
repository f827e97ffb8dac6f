package dev.framewise.gateway.publish;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Kafka's producer, idempotent and acknowledged by all replicas, so that a record is delivered once and in order or not at
 * all. Memory is bounded by {@link #BUFFER_BYTES}; where it is full, {@link #send} waits. For gateways without a disk of their
 * own: clips and tests. The others have an outbox, see {@code dev.framewise.gateway.outbox}.
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
            producer = new KafkaProducer<>(
                    KafkaTransport.properties(settings, BUFFER_BYTES),
                    new StringSerializer(),
                    new ByteArraySerializer());
        } catch (KafkaException e) {
            throw new GatewayException("kafka: " + e.getMessage() + "; check kafka.bootstrap and kafka.properties", e);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    public void send(OutRecord record) {
        throwFirstFailure();
        producer.send(KafkaTransport.toProducerRecord(record), (metadata, failure) -> {
            if (failure != null) {
                firstFailure.compareAndSet(null, failed(record.topic(), record.key(), failure));
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
