package dev.framewise.gateway.directive;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the directives topic from its beginning, so that the newest directive of a compacted topic is known after a
 * restart. No consumer group: every device hears all. A broker that is away is tried again for ever; meanwhile directives
 * expire and the local law takes over.
 *
 * <p>{@link #run()} runs on one thread; {@link #close()} may be called from any other.
 */
public final class DirectiveListener implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectiveListener.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final DirectiveInbox inbox;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Consumer<String, byte[]> current;
    private String told = "";

    public DirectiveListener(KafkaSettings settings, DirectiveInbox inbox) {
        this.settings = settings;
        this.inbox = inbox;
    }

    /** Listens until closed. */
    @Override
    public void run() {
        boolean open = true;
        while (open) {
            try (Consumer<String, byte[]> consumer =
                    new KafkaConsumer<>(properties(), new StringDeserializer(), new ByteArrayDeserializer())) {
                current = consumer;
                listen(consumer);
            } catch (WakeupException e) {
                LOG.debug("woken up to close or to begin anew");
            } catch (KafkaException | GatewayException e) {
                tell(String.valueOf(e.getMessage()));
            }
            open = waitToRetry();
        }
    }

    /** Once for each new reason: a broker may be away for days. */
    private void tell(String why) {
        String topic = Topic.DIRECTIVES.topicName();
        if (why.equals(told)) {
            LOG.debug("topic {} on {}: {}; trying again", topic, settings.bootstrapServers(), why);
        } else {
            told = why;
            LOG.warn(
                    "topic {} on {}: {}; following the local law, trying again until it is there",
                    topic,
                    settings.bootstrapServers(),
                    why);
        }
    }

    /** Makes the connection anew, with what its certificates and secrets are then; returns at once. */
    public void restart() {
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    /** Ends {@link #run()}; returns at once. */
    @Override
    public void close() {
        closing.countDown();
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void listen(Consumer<String, byte[]> consumer) {
        // close() may have come before there was a consumer to wake up
        if (closing.getCount() == 0) {
            return;
        }
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.DIRECTIVES.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("the topic does not exist");
        }
        told = "";
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        while (closing.getCount() > 0) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                inbox.deliver(
                        record.key(),
                        record.value(),
                        record.topic() + "-" + record.partition() + " offset " + record.offset());
            }
        }
    }

    /** Waits before the next try; false once closed. */
    private boolean waitToRetry() {
        try {
            return !closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(settings.clientProperties());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // made here it would not be compacted
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // the thermal job writes in transactions
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }
}
