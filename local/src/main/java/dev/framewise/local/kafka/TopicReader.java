package dev.framewise.local.kafka;

import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads whole topics from their beginning, committed records only, without a consumer group. One thread, as Kafka's consumer
 * demands.
 */
public final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, RecordCodec<? extends SpecificRecord>> codecs = new HashMap<>();
    private final List<TopicPartition> partitions;

    public TopicReader(String bootstrapServers, Collection<Topic> topics) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.auto.commit",
                        false,
                        "isolation.level",
                        "read_committed",
                        "max.partition.fetch.bytes",
                        2 * Topic.MAX_RECORD_BYTES),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        for (Topic topic : topics) {
            codecs.put(topic.topicName(), new RecordCodec<>(topic.record()));
        }
        partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Hands on what has come, waiting for it at most so long.
     *
     * @throws RecordFormatException if a record is not of its topic: our own jobs wrote it
     */
    public void poll(Duration atMost, Consumer<SpecificRecord> sink) throws RecordFormatException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
            sink.accept(codecs.get(record.topic()).decode(record.value()));
        }
    }

    /** Begins again at the records that Kafka took at or after this time, milliseconds since 1970. */
    public void seekToTime(long epochMillis) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, epochMillis));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    /** Whether everything committed by now has been handed on. */
    public boolean atEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
