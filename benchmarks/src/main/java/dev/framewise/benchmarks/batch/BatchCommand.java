package dev.framewise.benchmarks.batch;

import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.Rounds;
import dev.framewise.benchmarks.inference.ClipPictures;
import dev.framewise.benchmarks.pipeline.CpuGroup;
import dev.framewise.benchmarks.pipeline.CpuTimeline;
import dev.framewise.jobs.KafkaOptions;
import dev.framewise.jobs.PerceptionJob;
import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.local.Home;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.WorkFolder;
import dev.framewise.local.kafka.TopicReader;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import dev.framewise.vision.asset.AssetCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FlinkException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code framewise bench batch}: one subtask, first eight cameras, then the same frames spread over 1 to 64. */
@Command(
        name = "batch",
        description = {
            "How full batches are with 8 cameras of 15 frames a second, max batch 8 and a budget of one frame interval.",
            "Then what a frame costs, sources and tasks, when the same 120 frames a second come from 1, 4, 16 and 64 "
                    + "cameras, in turns."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class BatchCommand implements Callable<Integer> {
    private static final String NAME = "framewise-bench-batch";
    private static final int CAMERAS = 8;
    private static final double FRAMES_PER_SECOND = 15;
    private static final double ALL_FRAMES_PER_SECOND = CAMERAS * FRAMES_PER_SECOND;
    private static final Duration BUDGET = Duration.ofNanos(Math.round(1e9 / FRAMES_PER_SECOND));
    private static final List<Integer> CURVE = List.of(1, 4, 16, 64);
    private static final int ROUNDS = 3;
    private static final int WARM_UP_SECONDS = 20;
    private static final long SETTLE_MICROS = 1_000_000;
    private static final int PICTURES = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "Of the eight cameras; each number of cameras of the curve has a quarter of it, three times. "
                    + "Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Mixin
    private BenchOutput output;

    @Override
    public Integer call() throws Exception {
        output.atLeast(/* least= */ 12, seconds, "--seconds");
        List<byte[]> jpegs = ClipPictures.jpegs(AssetCatalog.standard().locate("pets09-s2l1"), PICTURES);
        output.progress("starting Kafka and Flink");
        try (WorkFolder work = WorkFolder.empty(Home.directory().resolve("bench"));
                LocalCluster cluster = LocalCluster.start(work.path(), /* slots= */ 1);
                PacedCameras cameras = new PacedCameras(cluster.bootstrapServers(), jpegs)) {
            JobID job = submit(cluster, BatchModel.write(work.path().resolve("batch.onnx")));
            cluster.flink().awaitRunning(job, PATIENCE);
            output.progress("warming up, " + WARM_UP_SECONDS + " s");
            cameras.send(CAMERAS, ALL_FRAMES_PER_SECOND, Duration.ofSeconds(WARM_UP_SECONDS));
            output.progress(CAMERAS + " cameras, " + seconds + " s");
            PacedCameras.Span eight = cameras.send(CAMERAS, ALL_FRAMES_PER_SECOND, Duration.ofSeconds(seconds));
            Map<Integer, List<PacedCameras.Span>> curve = new LinkedHashMap<>();
            CpuTimeline timeline = new CpuTimeline();
            try (timeline) {
                runCurve(cameras, curve);
            }
            cluster.awaitConsumed(job, NAME, Topic.FRAMES, PATIENCE);
            cluster.flink().cancel(job);
            List<Figure> figures =
                    new ArrayList<>(BatchFigures.ofBatches(within(samples(cluster), eight), CAMERAS, BUDGET));
            figures.addAll(BatchFigures.ofCosts(costs(curve, timeline)));
            output.show(figures);
        }
        return 0;
    }

    private static JobID submit(LocalCluster cluster, Path model) throws FlinkException {
        PerceptionOptions options = new PerceptionOptions()
                .bootstrapServers(cluster.bootstrapServers())
                .name(NAME)
                .start(KafkaOptions.Start.EARLIEST)
                .model(model.toAbsolutePath().toString())
                .maxBatch(CAMERAS)
                .batchBudget(BUDGET);
        StreamExecutionEnvironment env =
                cluster.flink().newEnvironment(/* parallelism= */ 1, options.checkpointInterval());
        PerceptionJob.onKafka(options).build(env);
        return cluster.flink().submit(env, NAME);
    }

    private void runCurve(PacedCameras cameras, Map<Integer, List<PacedCameras.Span>> curve) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            for (int count : CURVE) {
                output.progress("cost of " + count + " cameras, round " + round + " of " + ROUNDS);
                curve.computeIfAbsent(count, n -> new ArrayList<>())
                        .add(cameras.send(count, ALL_FRAMES_PER_SECOND, Duration.ofMillis(seconds * 250L)));
            }
        }
    }

    private static List<InferenceSample> samples(LocalCluster cluster) throws RecordFormatException {
        List<InferenceSample> samples = new ArrayList<>();
        try (TopicReader reader = new TopicReader(cluster.bootstrapServers(), List.of(Topic.SAMPLES))) {
            do {
                reader.poll(POLL, record -> samples.add((InferenceSample) record));
            } while (!reader.atEnd());
        }
        return samples;
    }

    private static List<InferenceSample> within(List<InferenceSample> samples, PacedCameras.Span span) {
        return samples.stream()
                .filter(sample -> span.holds(sample.getCapturedAtMicros()))
                .toList();
    }

    /** Of the time in which only these cameras sent, less the first second: there the last of others are worked on. */
    private static Rounds costs(Map<Integer, List<PacedCameras.Span>> curve, CpuTimeline timeline) {
        Rounds rounds = new Rounds();
        curve.forEach((count, spans) -> {
            for (PacedCameras.Span span : spans) {
                long from = span.fromMicros() + SETTLE_MICROS;
                Map<CpuGroup, Double> used = timeline.between(from, span.toMicros());
                double frames = ALL_FRAMES_PER_SECOND * (span.toMicros() - from) / 1e6;
                rounds.add(
                        "batch.cost." + count + "cameras.cpuMillisPerFrame",
                        (used.get(CpuGroup.TASKS) + used.get(CpuGroup.CONSUMERS)) / frames);
            }
        });
        return rounds;
    }
}
