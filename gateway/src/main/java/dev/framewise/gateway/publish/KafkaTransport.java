package dev.framewise.gateway.publish;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's producer, idempotent and acknowledged by all replicas, that never makes its caller wait: until a thread of its own has
 * met the broker, and whenever the client cannot be made, every record fails at once. A record that the broker does not take
 * within its {@link Patience} fails, too.
 */
public final class KafkaTransport implements Transport {
    /**
     * How long to wait for Kafka. The outbox is fast: what waits here longer only holds memory.
     *
     * @param request for an answer, before it is asked again
     * @param delivery from hand-over to failure; above {@code request}
     */
    public record Patience(Duration request, Duration delivery) {
        /** Of a network that has hiccups. */
        public static final Patience NORMAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10));

        /** Of a broker on the same machine. */
        public static final Patience SHORT = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTransport.class);
    private static final Duration MEET = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(2);
    /** Topics that are met once stay known: forgetting one would make a later send wait for the broker. */
    private static final Duration REMEMBER = Duration.ofDays(30);

    /** What a gateway sends to. */
    public static final List<Topic> GATEWAY_TOPICS = List.of(Topic.FRAMES, Topic.TELEMETRY, Topic.CAPTURES);

    private final KafkaSettings settings;
    private final long bufferBytes;
    private final Patience patience;
    private final List<Topic> topics;
    private final Runnable onReady;
    private final Thread meeting;
    private final Object wake = new Object();
    private KafkaProducer<String, byte[]> producer;
    private String told = "";
    private boolean restart;
    private boolean closed;
    private volatile KafkaProducer<String, byte[]> ready;

    /**
     * Begins to look for the broker.
     *
     * @param name of its thread
     * @param bufferBytes records under way at most; who sends more gets failures
     * @param onReady called each time the broker was met, on a thread of this object
     */
    public KafkaTransport(KafkaSettings settings, String name, long bufferBytes, Runnable onReady, Patience patience) {
        this(settings, name, bufferBytes, onReady, patience, GATEWAY_TOPICS);
    }

    /** The same for other topics: a record of one that was not met would make its sender wait. */
    public KafkaTransport(
            KafkaSettings settings,
            String name,
            long bufferBytes,
            Runnable onReady,
            Patience patience,
            List<Topic> topics) {
        this.patience = patience;
        this.topics = List.copyOf(topics);
        this.settings = settings;
        this.bufferBytes = bufferBytes;
        this.onReady = onReady;
        this.meeting = new Thread(this::meet, name);
        meeting.setDaemon(true);
        meeting.start();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    public void send(OutRecord record, Consumer<Exception> done) {
        KafkaProducer<String, byte[]> current = ready;
        if (current == null) {
            done.accept(new TimeoutException("the broker has not been met yet"));
            return;
        }
        try {
            current.send(toProducerRecord(record), (metadata, failure) -> done.accept(failure));
        } catch (KafkaException | IllegalStateException e) {
            // a producer that was closed or is in a fatal state
            done.accept(e);
        }
    }

    @Override
    public boolean isMet() {
        return ready != null;
    }

    @Override
    public boolean isRefusal(Exception failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof SerializationException
                || failure instanceof InvalidTopicException;
    }

    @Override
    public void restart() {
        synchronized (wake) {
            restart = true;
            wake.notifyAll();
        }
    }

    @Override
    public void close() {
        synchronized (wake) {
            closed = true;
            wake.notifyAll();
        }
        meeting.interrupt();
        try {
            meeting.join(CLOSE.toMillis() + MEET.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static ProducerRecord<String, byte[]> toProducerRecord(OutRecord record) {
        return new ProducerRecord<>(
                record.topic().topicName(),
                /* partition= */ null,
                record.timestampMillis(),
                record.key(),
                record.value());
    }

    /** Uncompressed: the payloads are JPEG. */
    static Map<String, Object> properties(KafkaSettings settings, long bufferBytes) {
        Map<String, Object> properties = new HashMap<>(settings.clientProperties());
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        // Waiting for more would add its time to every frame's latency; under load batches form by themselves.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_RECORD_BYTES);
        return properties;
    }

    private Map<String, Object> impatient() {
        Map<String, Object> properties = properties(settings, bufferBytes);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                patience.request().toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                patience.delivery().toMillis());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MEET.toMillis());
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, REMEMBER.toMillis());
        return properties;
    }

    /** The thread: makes a producer, meets the broker, waits for a restart or the end. */
    private void meet() {
        try {
            while (!isClosed()) {
                boolean met = tryToMeet();
                await(met ? Duration.ZERO : RETRY);
                if (isClosed() || isRestart(met)) {
                    release();
                }
            }
        } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
            LOG.debug("interrupted to close", e);
        } finally {
            release();
        }
    }

    private boolean tryToMeet() {
        try {
            if (producer == null) {
                producer = new KafkaProducer<>(impatient(), new StringSerializer(), new ByteArraySerializer());
            }
            for (Topic topic : topics) {
                producer.partitionsFor(topic.topicName());
            }
            ready = producer;
            told = "";
            onReady.run();
            return true;
        } catch (org.apache.kafka.common.errors.InterruptException e) {
            throw e;
        } catch (KafkaException | GatewayException e) {
            tell(String.valueOf(e.getMessage()));
            release();
            return false;
        }
    }

    /** Once for each new reason: a broker may be away for days, and somebody's card keeps the log. */
    private void tell(String why) {
        if (why.equals(told)) {
            LOG.debug("kafka at {}: {}; trying again", settings.bootstrapServers(), why);
        } else {
            told = why;
            LOG.warn("kafka at {}: {}; trying again until it is there", settings.bootstrapServers(), why);
        }
    }

    /** Waits for a restart or the end; with no time given, for ever. */
    private void await(Duration atMost) throws InterruptedException {
        synchronized (wake) {
            long deadline = System.nanoTime() + atMost.toNanos();
            while (!closed && !restart && (atMost.isZero() || System.nanoTime() < deadline)) {
                wake.wait(atMost.isZero() ? 0 : Math.max(1, atMost.toMillis()));
            }
        }
    }

    private boolean isClosed() {
        synchronized (wake) {
            return closed;
        }
    }

    private boolean isRestart(boolean met) {
        synchronized (wake) {
            boolean asked = restart;
            restart = false;
            return met && asked;
        }
    }

    private void release() {
        ready = null;
        if (producer != null) {
            boolean interrupted = Thread.interrupted();
            producer.close(CLOSE);
            producer = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
