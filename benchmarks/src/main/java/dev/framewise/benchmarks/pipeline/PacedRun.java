package dev.framewise.benchmarks.pipeline;

import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.capture.SourceOpener;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.jobs.KafkaOptions;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.kafka.TopicReader;
import dev.framewise.local.report.Percentiles;
import dev.framewise.operators.inference.Tuning;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.FlinkException;

/**
 * Latency at a camera's pace, milliseconds from capture, JPEG encoding included, to the track row leaving the tracker: two cameras
 * of ten frames a second, half a frame interval apart, and a job that is told to aim at latency.
 */
final class PacedRun {
    private static final String NAME = "framewise-bench-paced";
    private static final int CAMERAS = 2;
    private static final int FRAMES_PER_SECOND = 10;
    private static final int WARM_UP_SECONDS = 2;

    private final LocalCluster cluster;
    private final BenchJob jobs;

    PacedRun(LocalCluster cluster, BenchJob jobs) {
        this.cluster = cluster;
        this.jobs = jobs;
    }

    /**
     * Runs.
     *
     * @param reader of the topic samples, at its end
     * @param seconds that are measured, after two that are not
     */
    Percentiles run(Path clip, int seconds, TopicReader reader)
            throws FlinkException, InterruptedException, RecordFormatException {
        JobID job = jobs.submit(jobs.options(NAME)
                .start(KafkaOptions.Start.LATEST)
                .checkpointInterval(BenchJob.SHORT_CHECKPOINT_INTERVAL)
                .intraOpThreads(Tuning.AUTO)
                .aim(Tuning.Aim.LATENCY));
        cluster.flink().awaitRunning(job, BenchJob.PATIENCE);
        List<CameraSettings> cameras = CameraNames.spread(CAMERAS, BenchJob.PARALLELISM).stream()
                .map(name -> CameraSettings.of(name, clip.toString())
                        .withLoop(true)
                        .withMaxFrames((long) FRAMES_PER_SECOND * (WARM_UP_SECONDS + seconds)))
                .toList();
        GatewayParts real = GatewayParts.real();
        SourceOpener paced = new PacedSources(real.sources(), FRAMES_PER_SECOND, CAMERAS);
        jobs.publish(
                cameras, new GatewayParts(real.wallClock(), real.nanoTicker(), real.sleeper(), paced, real.sinks()));
        cluster.awaitConsumed(job, NAME, Topic.FRAMES, BenchJob.PATIENCE);
        cluster.flink().cancel(job);
        double[] millis = BenchJob.samples(reader).stream()
                .filter(sample -> sample.getSequence() >= FRAMES_PER_SECOND * WARM_UP_SECONDS)
                .mapToDouble(PacedRun::latencyMillis)
                .toArray();
        return Percentiles.of(millis);
    }

    private static double latencyMillis(InferenceSample sample) {
        return sample.getLatencyMicros() / 1e3;
    }
}
