package dev.framewise.benchmarks.gateway;

import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the frames as they come, as a job does, and notes when. Both ends of a latency are readings of this machine's one real-time
 * clock: the gateway's at the capture, this thread's at the arrival, in microseconds; the broker's own stamp has whole milliseconds
 * only, which are cut off.
 */
final class LiveReader implements AutoCloseable {
    /**
     * One frame.
     *
     * @param capturedMicros microseconds since 1970, by the gateway
     * @param arrivedMicros microseconds since 1970, here
     * @param replayed whether it had waited on the disk
     */
    record Arrival(long capturedMicros, long arrivedMicros, boolean replayed) {
        double latencyMillis() {
            return (arrivedMicros - capturedMicros) / 1e3;
        }
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "live-reader");
    private RecordFormatException failure;

    /** Reads from here on until it is closed, also when the broker goes away and comes back meanwhile. */
    LiveReader(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.partition.fetch.bytes", 2 * Topic.MAX_RECORD_BYTES),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.FRAMES.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    /** What has arrived since the last call. */
    synchronized List<Arrival> take() throws RecordFormatException {
        if (failure != null) {
            throw failure;
        }
        List<Arrival> all = List.copyOf(arrivals);
        arrivals.clear();
        return all;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (consumer) {
            while (true) {
                note(consumer.poll(Duration.ofSeconds(1)), SteadyWallClock.micros(Instant.now()));
            }
        } catch (RecordFormatException e) {
            synchronized (this) {
                failure = e;
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    private void note(Iterable<ConsumerRecord<byte[], byte[]>> records, long now) throws RecordFormatException {
        List<Arrival> some = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Frame frame = codec.decode(record.value());
            some.add(new Arrival(frame.getCapturedAtMicros(), now, frame.getReplayed()));
        }
        synchronized (this) {
            arrivals.addAll(some);
        }
    }
}
