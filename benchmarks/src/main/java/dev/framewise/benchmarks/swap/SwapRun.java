package dev.framewise.benchmarks.swap;

import dev.framewise.benchmarks.pipeline.BenchJob;
import dev.framewise.benchmarks.pipeline.CameraNames;
import dev.framewise.benchmarks.pipeline.PacedSources;
import dev.framewise.gateway.Gateway;
import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.jobs.KafkaOptions;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.kafka.ModelPublisher;
import dev.framewise.local.kafka.TopicReader;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.ReleaseState;
import dev.framewise.schemas.Topic;
import dev.framewise.schemas.TrackRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.FlinkException;

/** Two cameras at a steady pace, a job, and everything that comes out of it, while releases are published. One thread. */
final class SwapRun implements AutoCloseable {
    private static final String NAME = "framewise-bench-swap";
    private static final int CAMERAS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(100);

    private final LocalCluster cluster;
    private final TopicReader reader;
    private final ModelPublisher publisher;
    private final Gateway gateway;
    private final JobID job;
    private final SeenFrames frames = new SeenFrames();
    private final List<InferenceSample> samples = new ArrayList<>();
    private final Map<String, ReleaseState> decisions = new HashMap<>();

    /** Starts the job and the cameras. */
    SwapRun(LocalCluster cluster, Path model, Path clip, int framesPerSecond) throws FlinkException {
        this.cluster = cluster;
        this.reader = new TopicReader(cluster.bootstrapServers(), List.of(Topic.TRACKS, Topic.SAMPLES, Topic.MODELS));
        this.publisher = new ModelPublisher(cluster.bootstrapServers());
        job = new BenchJob(cluster, model, /* maxBatch= */ 1).submit(NAME, KafkaOptions.Start.EARLIEST);
        cluster.flink().awaitRunning(job, BenchJob.PATIENCE);
        List<CameraSettings> cameras = CameraNames.spread(CAMERAS, BenchJob.PARALLELISM).stream()
                .map(name -> CameraSettings.of(name, clip.toString()).withLoop(true))
                .toList();
        GatewayParts real = GatewayParts.real();
        gateway = new Gateway(
                GatewayConfig.of("bench-board", cluster.bootstrapServers(), cameras),
                new GatewayParts(
                        real.wallClock(),
                        real.nanoTicker(),
                        real.sleeper(),
                        new PacedSources(real.sources(), framesPerSecond, CAMERAS),
                        real.sinks()));
        gateway.start();
    }

    /** Lets time pass. */
    void pass(Duration length) throws RecordFormatException {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            reader.poll(POLL, this::take);
        }
    }

    /**
     * Publishes a release and waits for the last word about it.
     *
     * @throws IllegalStateException if none comes in three minutes
     */
    ReleaseState release(ModelRelease release) throws RecordFormatException, ExecutionException, InterruptedException {
        publisher.publish(release);
        EnumSet<ReleaseState> last = EnumSet.of(ReleaseState.ACCEPTED, ReleaseState.REFUSED);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!last.contains(decisions.get(release.getVersion()))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("release " + release.getVersion() + " is still "
                        + decisions.get(release.getVersion()) + " after " + PATIENCE);
            }
            reader.poll(POLL, this::take);
        }
        return decisions.get(release.getVersion());
    }

    private void take(SpecificRecord record) {
        if (record instanceof TrackRow row) {
            frames.add(row);
        } else if (record instanceof InferenceSample sample) {
            samples.add(sample);
        } else if (record instanceof ModelRelease release) {
            decisions.put(release.getVersion(), release.getState());
        }
    }

    /** Ends the cameras and the job, and hears all they had to say; returns how many frames were captured. */
    long finish() throws FlinkException, InterruptedException, RecordFormatException {
        gateway.close();
        long captured = gateway.stats().allCameras().captured();
        cluster.awaitConsumed(job, NAME, Topic.FRAMES, BenchJob.PATIENCE);
        cluster.flink().stopWithSavepoint(job);
        do {
            reader.poll(POLL, this::take);
        } while (!reader.atEnd());
        return captured;
    }

    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Latencies of the frames captured in a span of time, milliseconds. */
    double[] latencies(long fromMicros, long toMicros) {
        return samples.stream()
                .filter(sample -> sample.getCapturedAtMicros() >= fromMicros && sample.getCapturedAtMicros() < toMicros)
                .mapToDouble(sample -> sample.getLatencyMicros() / 1e3)
                .toArray();
    }

    SeenFrames frames() {
        return frames;
    }

    @Override
    public void close() {
        gateway.close();
        publisher.close();
        reader.close();
    }
}
