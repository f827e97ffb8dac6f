package dev.framewise.benchmarks.pipeline;

import dev.framewise.gateway.Gateway;
import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.jobs.KafkaOptions;
import dev.framewise.jobs.PerceptionJob;
import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.kafka.TopicReader;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.RecordFormatException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FlinkException;

/** Perception jobs and gateways for benchmarks, on one cluster. */
public final class BenchJob {
    /** Subtasks: one for each core of the machine that the figures are from. */
    public static final int PARALLELISM = 2;
    /** How long a job may take to start or to end. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Of jobs that somebody waits for: as often as the demo makes its results visible. */
    static final Duration SHORT_CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int PERSON = 0;

    private final LocalCluster cluster;
    private final Path model;
    private final int maxBatch;
    private final Overlap overlap;

    /** @param maxBatch frames per batch of the network */
    public BenchJob(LocalCluster cluster, Path model, int maxBatch) {
        this(cluster, model, maxBatch, Overlap.NEVER);
    }

    /** The same, and whether the next batch is decoded while the network runs. */
    BenchJob(LocalCluster cluster, Path model, int maxBatch, Overlap overlap) {
        this.cluster = cluster;
        this.model = model;
        this.maxBatch = maxBatch;
        this.overlap = overlap;
    }

    /** Starts a job that detects and tracks every frame, until it is cancelled. */
    public JobID submit(String name, KafkaOptions.Start start) throws FlinkException {
        return submit(options(name).start(start).checkpointInterval(SHORT_CHECKPOINT_INTERVAL));
    }

    /**
     * Options of a job that detects and tracks every frame, all others as they are by default.
     *
     * @param name also its consumer group
     */
    PerceptionOptions options(String name) {
        return new PerceptionOptions()
                .bootstrapServers(cluster.bootstrapServers())
                .name(name)
                .model(model.toAbsolutePath().toString())
                .maxBatch(maxBatch)
                .overlap(overlap)
                .classes(List.of(PERSON));
    }

    /** Starts a job. */
    JobID submit(PerceptionOptions options) throws FlinkException {
        StreamExecutionEnvironment env = cluster.flink().newEnvironment(PARALLELISM, options.checkpointInterval());
        PerceptionJob.onKafka(options).build(env);
        return cluster.flink().submit(env, options.name());
    }

    /** Publishes cameras to their end. */
    public void publish(List<CameraSettings> cameras, GatewayParts parts) throws InterruptedException {
        GatewayConfig config = GatewayConfig.of("bench-board", cluster.bootstrapServers(), cameras);
        try (Gateway gateway = new Gateway(config, parts)) {
            gateway.start();
            gateway.awaitEnd();
        }
    }

    /** What the reader has not seen of the samples up to now. */
    static List<InferenceSample> samples(TopicReader reader) throws RecordFormatException {
        List<InferenceSample> samples = new ArrayList<>();
        do {
            reader.poll(POLL, record -> samples.add((InferenceSample) record));
        } while (!reader.atEnd());
        return samples;
    }
}
