package dev.framewise.e2e.perception;

import dev.framewise.gateway.Gateway;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.jobs.KafkaOptions;
import dev.framewise.jobs.PerceptionJob;
import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.local.LocalCluster;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.asset.AssetException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FlinkException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, a Flink cluster and the perception job between them. One thread. */
final class PipelineUnderTest implements AutoCloseable {
    static final Instant CLIP_START = Instant.parse("2026-01-01T00:00:00Z");
    /** Behind the camera's name, where {@link #byLane} speaks of its backlog. */
    static final String BACKLOG = " backlog";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LocalCluster cluster;
    private final List<JobID> jobs = new ArrayList<>();

    PipelineUnderTest(Path directory, int slots) throws IOException, FlinkException {
        cluster = LocalCluster.start(directory, slots);
    }

    LocalCluster cluster() {
        return cluster;
    }

    /** Sends the first frames of a clip of the catalog through a real gateway, dated by their place in the clip. */
    void publishClip(String camera, String asset, int frames) throws AssetException, InterruptedException {
        publishClip(camera, asset, frames, CameraSettings.EVERY_FRAME);
    }

    /** The same, with the pictures of one of so many frames. */
    void publishClip(String camera, String asset, int frames, int interval)
            throws AssetException, InterruptedException {
        Path clip = AssetCatalog.standard().locate(asset);
        CameraSettings settings = CameraSettings.of(camera, clip.toString())
                .withPace(CameraSettings.Pace.FAST)
                .withMaxFrames(frames)
                .withInterval(interval);
        GatewayConfig config = GatewayConfig.of("board-" + camera, cluster.bootstrapServers(), List.of(settings))
                .withClipClock(CLIP_START);
        try (Gateway gateway = new Gateway(config)) {
            gateway.start();
            gateway.awaitEnd();
        }
    }

    /** Sends records as they are, each to its topic. */
    void publish(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException, ExecutionException {
        Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    /** Options of a job that reads all frames there are. */
    PerceptionOptions options(String name) {
        return new PerceptionOptions()
                .bootstrapServers(cluster.bootstrapServers())
                .name(name)
                .start(KafkaOptions.Start.EARLIEST)
                .checkpointInterval(Duration.ofMillis(500))
                .classes(List.of(0));
    }

    JobID submit(PerceptionOptions options, int parallelism) throws FlinkException {
        StreamExecutionEnvironment env = cluster.flink().newEnvironment(parallelism, options.checkpointInterval());
        PerceptionJob.onKafka(options).build(env);
        return started(cluster.flink().submit(env, options.name()));
    }

    /** Starts a job from a checkpoint. */
    JobID submitFrom(String checkpoint, PerceptionOptions options, int parallelism) throws FlinkException {
        StreamExecutionEnvironment env = cluster.flink().newEnvironment(parallelism, options.checkpointInterval());
        PerceptionJob.onKafka(options).build(env);
        return started(cluster.flink().submitFrom(env, options.name(), checkpoint));
    }

    private JobID started(JobID job) {
        jobs.add(job);
        return job;
    }

    /** Ends what a failed test has left running: it would hold the slots that the next test needs. */
    void endJobs() throws FlinkException {
        for (JobID job : jobs) {
            if (!cluster.flink().status(job).isGloballyTerminalState()) {
                cluster.flink().cancel(job);
            }
        }
        jobs.clear();
    }

    /** Runs a job over the frames that are there, to its end. */
    void replay(PerceptionOptions options, int parallelism) throws FlinkException {
        cluster.flink().awaitEnd(submit(options.bounded(true), parallelism), PATIENCE);
    }

    void awaitConsumed(JobID job, PerceptionOptions options) throws FlinkException, InterruptedException {
        cluster.awaitConsumed(job, options.name(), Topic.FRAMES, PATIENCE);
    }

    /** Ends of a topic's partitions, for {@link #committedSince}. */
    Map<TopicPartition, Long> ends(Topic topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer, topic));
        }
    }

    /** All committed records of a topic from these offsets on; per partition in their order. */
    List<ConsumerRecord<byte[], byte[]>> committedSince(Topic topic, Map<TopicPartition, Long> starts) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, starts.getOrDefault(partition, 0L)));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** All committed records of a topic, decoded. */
    <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) throws Exception {
        RecordCodec<T> codec = new RecordCodec<>(type);
        List<T> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : committedSince(topic, Map.of())) {
            records.add(codec.decode(record.value()));
        }
        return records;
    }

    /**
     * Rows by camera, those of its backlog apart ({@link #BACKLOG}), each in their order, as text that a failing test can print: how the two
     * lanes of a camera come between each other is free.
     */
    static Map<String, List<String>> byLane(List<ConsumerRecord<byte[], byte[]>> records) {
        RecordCodec<TrackRow> codec = new RecordCodec<>(TrackRow.class);
        Map<String, List<String>> byLane = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                TrackRow row = codec.decode(record.value());
                byLane.computeIfAbsent(row.getCamera() + (row.getBacklog() ? BACKLOG : ""), lane -> new ArrayList<>())
                        .add(record.value().length + " bytes " + Arrays.hashCode(record.value()));
            } catch (RecordFormatException e) {
                throw new IllegalStateException("no row: " + record, e);
            }
        }
        return byLane;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        return consumer.partitionsFor(topic.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    @Override
    public void close() throws FlinkException {
        cluster.close();
    }
}
