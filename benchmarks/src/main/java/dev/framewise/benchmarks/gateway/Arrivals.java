package dev.framewise.benchmarks.gateway;

import dev.framewise.local.report.Percentiles;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When frames were captured and when Kafka took them. */
final class Arrivals {
    private static final RecordCodec<Frame> CODEC = new RecordCodec<>(Frame.class);

    /**
     * One frame.
     *
     * @param capturedMillis by the gateway's clock, which is this machine's
     * @param takenMillis by the broker's, which is the same
     * @param replayed whether it had waited on the disk
     */
    record Arrival(double capturedMillis, long takenMillis, boolean replayed) {}

    private Arrivals() {}

    /** All frames so far. */
    static List<Arrival> read(String bootstrapServers) throws RecordFormatException {
        List<Arrival> arrivals = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.partition.fetch.bytes", 2 * Topic.MAX_RECORD_BYTES),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.FRAMES.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Frame frame = CODEC.decode(record.value());
                    arrivals.add(
                            new Arrival(frame.getCapturedAtMicros() / 1e3, record.timestamp(), frame.getReplayed()));
                }
            }
        }
        return arrivals;
    }

    /** From capture to Kafka, milliseconds, of live frames captured in a span of time. */
    static Percentiles latency(List<Arrival> arrivals, double fromMillis, double toMillis) {
        return Percentiles.of(arrivals.stream()
                .filter(arrival -> !arrival.replayed()
                        && arrival.capturedMillis() >= fromMillis
                        && arrival.capturedMillis() < toMillis)
                .mapToDouble(arrival -> arrival.takenMillis() - arrival.capturedMillis())
                .toArray());
    }
}
