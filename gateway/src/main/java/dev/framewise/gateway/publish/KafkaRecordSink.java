package dev.framewise.gateway.publish;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(KafkaRecordSink.class);

    private final KafkaSettings settings;
    /** Senders share it; who exchanges the producer has it alone. */
    private final ReadWriteLock exchange = new ReentrantReadWriteLock();

    private KafkaProducer<String, byte[]> producer;
    private final AtomicReference<GatewayException> firstFailure = new AtomicReference<>();

    /**
     * Connects in the background; an unreachable broker shows at the first record.
     *
     * @throws GatewayException if the settings make no client
     */
    public KafkaRecordSink(KafkaSettings settings) {
        this.settings = settings;
        producer = newProducer();
    }

    private KafkaProducer<String, byte[]> newProducer() {
        try {
            return new KafkaProducer<>(
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
        exchange.readLock().lock();
        try {
            producer.send(KafkaTransport.toProducerRecord(record), (metadata, failure) -> {
                if (failure != null) {
                    firstFailure.compareAndSet(null, failed(record.topic(), record.key(), failure));
                }
            });
        } finally {
            exchange.readLock().unlock();
        }
    }

    @Override
    public void flush() {
        exchange.readLock().lock();
        try {
            producer.flush();
        } finally {
            exchange.readLock().unlock();
        }
        throwFirstFailure();
    }

    /**
     * What is under way goes by the old connection, and senders wait for it, so that the order is kept. Settings that make no client
     * leave the old one.
     */
    @Override
    public void reconnect() {
        KafkaProducer<String, byte[]> other;
        try {
            other = newProducer();
        } catch (GatewayException e) {
            LOG.warn("the connection to {} stays as it is: {}", settings.bootstrapServers(), e.getMessage());
            return;
        }
        exchange.writeLock().lock();
        try {
            KafkaProducer<String, byte[]> old = producer;
            producer = other;
            other = old;
            old.flush();
        } finally {
            exchange.writeLock().unlock();
            other.close(CLOSE_TIMEOUT);
        }
    }

    @Override
    public void close() {
        exchange.readLock().lock();
        try {
            producer.close(CLOSE_TIMEOUT);
        } finally {
            exchange.readLock().unlock();
        }
    }

    private void throwFirstFailure() {
        GatewayException failure = firstFailure.get();
        if (failure != null) {
            throw failure;
        }
    }

    private GatewayException failed(Topic topic, String key, Exception cause) {
        return new GatewayException(
                "topic " + topic.topicName() + ", key " + key + ": not delivered to " + settings.bootstrapServers()
                        + " (" + cause.getMessage() + "); is the broker up, and does the topic exist?",
                cause);
    }
}
