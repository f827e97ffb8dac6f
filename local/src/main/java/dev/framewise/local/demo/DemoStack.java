package dev.framewise.local.demo;

import dev.framewise.jobs.BenchmarkJob;
import dev.framewise.jobs.BenchmarkOptions;
import dev.framewise.jobs.PerceptionJob;
import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.jobs.ThermalJob;
import dev.framewise.jobs.ThermalJobOptions;
import dev.framewise.local.LocalCluster;
import dev.framewise.schemas.Topic;
import dev.framewise.vision.detect.DetectorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FlinkException;

/** Broker, Flink and the three jobs of the demo. One thread starts, drains and closes it. */
final class DemoStack implements AutoCloseable {
    private static final String PERCEPTION = "framewise-perception";
    private static final String THERMAL = "framewise-thermal";
    private static final String BENCHMARK = "framewise-benchmark";
    private static final int PERCEPTION_PARALLELISM = 2;
    private static final int SLOTS = PERCEPTION_PARALLELISM + 2;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);
    /** Short, so that rows come while the demo runs. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(60);

    private final LocalCluster cluster;
    private final int prometheusPort;
    private final JobID perception;
    private final JobID thermal;
    private final JobID benchmark;

    private DemoStack(LocalCluster cluster, int prometheusPort, Path model, int interval, Path parquet)
            throws FlinkException {
        this.cluster = cluster;
        this.prometheusPort = prometheusPort;
        perception = perception(model, interval);
        thermal = thermal();
        benchmark = benchmark(parquet);
        for (JobID job : List.of(perception, thermal, benchmark)) {
            cluster.flink().awaitRunning(job, START_PATIENCE);
        }
    }

    /**
     * Starts everything and returns when all tasks run.
     *
     * @param work for topics and checkpoints
     * @param model an ONNX file
     * @param interval the detector looks at one of this many frames
     * @param parquet the object store of the demo: a directory
     */
    static DemoStack start(Path work, Path model, int interval, Path parquet) throws IOException, FlinkException {
        LocalCluster cluster = LocalCluster.start(work, SLOTS);
        try {
            return new DemoStack(cluster, freePort(), model, interval, parquet);
        } catch (FlinkException | IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    /** Where Prometheus would read the newest benchmark rows. */
    String prometheusAddress() {
        return "http://127.0.0.1:" + prometheusPort + "/metrics";
    }

    /**
     * Waits until the jobs have seen everything that was published, and stops them so that every window is written and every
     * transaction committed.
     */
    void drain() throws FlinkException, InterruptedException {
        cluster.awaitConsumed(perception, PERCEPTION, Topic.FRAMES, DRAIN_PATIENCE);
        cluster.flink().stopWithSavepoint(perception);
        cluster.awaitConsumed(benchmark, BENCHMARK, Topic.SAMPLES, DRAIN_PATIENCE);
        cluster.flink().stopWithSavepoint(benchmark);
        cluster.flink().cancel(thermal);
    }

    @Override
    public void close() throws FlinkException {
        cluster.close();
    }

    private JobID perception(Path model, int interval) throws FlinkException {
        StreamExecutionEnvironment env = cluster.flink().newEnvironment(PERCEPTION_PARALLELISM, CHECKPOINT_INTERVAL);
        PerceptionJob.onKafka(new PerceptionOptions()
                        .bootstrapServers(bootstrapServers())
                        .name(PERCEPTION)
                        .checkpointInterval(CHECKPOINT_INTERVAL)
                        .model(model.toAbsolutePath().toString())
                        .classes(List.of(DetectorOptions.PERSON))
                        .interval(interval)
                        .ledgerWindow(WINDOW))
                .build(env);
        return cluster.flink().submit(env, PERCEPTION);
    }

    private JobID thermal() throws FlinkException {
        StreamExecutionEnvironment env = cluster.flink().newEnvironment(/* parallelism= */ 1, CHECKPOINT_INTERVAL);
        ThermalJob.onKafka(new ThermalJobOptions()
                        .bootstrapServers(bootstrapServers())
                        .name(THERMAL)
                        .checkpointInterval(CHECKPOINT_INTERVAL))
                .build(env);
        return cluster.flink().submit(env, THERMAL);
    }

    private JobID benchmark(Path parquet) throws FlinkException {
        StreamExecutionEnvironment env = cluster.flink().newEnvironment(/* parallelism= */ 1, CHECKPOINT_INTERVAL);
        BenchmarkJob.onKafka(new BenchmarkOptions()
                        .bootstrapServers(bootstrapServers())
                        .name(BENCHMARK)
                        .checkpointInterval(CHECKPOINT_INTERVAL)
                        .window(WINDOW)
                        .parquet(parquet.toUri().toString())
                        .prometheusPort(prometheusPort))
                .build(env);
        return cluster.flink().submit(env, BENCHMARK);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
