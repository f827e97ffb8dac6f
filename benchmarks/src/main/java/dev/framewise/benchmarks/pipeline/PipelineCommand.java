package dev.framewise.benchmarks.pipeline;

import ai.onnxruntime.OrtException;
import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.ClipOption;
import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.Rounds;
import dev.framewise.benchmarks.inference.RawSessions;
import dev.framewise.local.Home;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.ModelOption;
import dev.framewise.local.NamedFile;
import dev.framewise.local.WorkFolder;
import dev.framewise.local.kafka.TopicReader;
import dev.framewise.local.report.Percentiles;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.schemas.Topic;
import dev.framewise.vision.asset.AssetCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code framewise bench pipeline}: the whole pipeline and the network alone, in turns: ceiling, pipeline, ceiling, pipeline, ceiling.
 * Each round of the pipeline is compared with the mean of the ceilings around it.
 */
@Command(
        name = "pipeline",
        description = {
            "Throughput, CPU time and latency of gateway, Kafka and Flink in this process.",
            "Every frame is detected, but for the figures of interval 3: there the detector looks at one of three, and of "
                    + "the others either the pixels are followed ('flow'), or the gateway sends no picture, only that they "
                    + "were captured ('metadata'). Beside it, ONNX Runtime alone on as many threads. 'overhead' is the process less the "
                    + "network, Kafka's broker and producers, and the JIT compiler, which falls silent once the process "
                    + "is warm. What this benchmark itself uses to read the times is in none of them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PipelineCommand implements Callable<Integer> {
    private static final String CEILING = "ONNX Runtime alone, two sessions of 1 thread";
    private static final String ONE_RUN = "ONNX Runtime alone, one frame on one thread";
    private static final String CEILING_SPEED = "pipeline.ceiling.imagesPerSecond";
    private static final String CEILING_CPU = "pipeline.ceiling.cpuMillisPerImage";
    private static final String RATIO = "pipeline.throughput.ratioToCeiling";
    private static final String PUBLISHED = "two sessions of 1 thread of the model as published";
    private static final String PUBLISHED_SPEED = "pipeline.published.imagesPerSecond";
    private static final String PUBLISHED_CPU = "pipeline.published.cpuMillisPerImage";
    private static final String RATIO_TO_PUBLISHED = "pipeline.throughput.ratioToPublished";
    private static final String WITH_FLOW = "pipeline.interval3.flow.cpuMillisPerFrame";
    private static final String METADATA_ONLY = "pipeline.interval3.metadata.cpuMillisPerFrame";
    private static final int INTERVAL = 3;

    /** The pipeline counts as warm when the JIT compiler takes less than this of a frame, CPU milliseconds. */
    private static final double SILENT = 0.3;

    private static final String CPU = ".cpuMillisPerFrame";

    @Mixin
    private ClipOption clipOption;

    @Mixin
    private ModelOption modelOption;

    @Option(
            names = "--published",
            paramLabel = "MODEL",
            description =
                    "What --model was made of, such as yolox-nano-416: measured beside it, alone, so that one sees "
                            + "what the pipeline is against somebody who takes the model as it is")
    private String published;

    @Option(
            names = "--frames",
            defaultValue = "400",
            description = "Frames of each of the four cameras in a round. Default: ${DEFAULT-VALUE}")
    private int frames;

    @Option(
            names = "--rounds",
            defaultValue = "2",
            description = "Rounds, after those for warming up. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "5",
            description = "Most rounds for warming up; fewer where the JIT compiler falls silent earlier. "
                    + "Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "Length of the latency run, 0 for none. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--max-batch",
            defaultValue = "1",
            description = "Frames per batch. More helps no model on a CPU, and waiting for company costs latency. "
                    + "Default: ${DEFAULT-VALUE}")
    private int maxBatch;

    @Option(
            names = "--overlap",
            defaultValue = "NEVER",
            description = "Decode the next batch while the network runs: ALWAYS or NEVER. Default: ${DEFAULT-VALUE}")
    private Overlap overlap;

    @Mixin
    private BenchOutput output;

    private final Rounds measured = new Rounds();

    @Override
    public Integer call() throws Exception {
        output.atLeast(/* least= */ 10, frames, "--frames");
        output.atLeast(/* least= */ 1, rounds, "--rounds");
        output.atLeast(/* least= */ 0, warmUp, "--warm-up");
        output.atLeast(/* least= */ 0, seconds, "--seconds");
        output.atLeast(/* least= */ 1, maxBatch, "--max-batch");
        Path clip = clipOption.file();
        Path model = modelOption.file();
        output.progress("starting Kafka and Flink");
        Percentiles latency;
        try (WorkFolder work = WorkFolder.empty(Home.directory().resolve("bench"));
                LocalCluster cluster = LocalCluster.start(work.path(), BenchJob.PARALLELISM);
                TopicReader samples = new TopicReader(cluster.bootstrapServers(), List.of(Topic.SAMPLES));
                RawSessions ceiling = new RawSessions(model, BenchJob.PARALLELISM, /* threadsEach= */ 1);
                RawSessions other = published == null ? null : ceilingOf(published)) {
            BenchJob jobs = new BenchJob(cluster, model, maxBatch, overlap);
            DrainRun drain = new DrainRun(cluster, jobs, frames);
            output.progress("publishing " + frames + " frames of each camera");
            drain.publish(clip);
            warmUp(drain, samples);
            alternate(ceiling, other, drain, samples);
            bridge(drain, clip, samples);
            latency = seconds == 0
                    ? Percentiles.NONE
                    : new PacedRun(cluster, jobs).run(clip, announced(seconds), samples);
        }
        output.show(figures(latency));
        return 0;
    }

    private int announced(int length) {
        output.progress("latency at 2 cameras x 10 frames a second, " + length + " s");
        return length;
    }

    private void warmUp(DrainRun drain, TopicReader samples) throws Exception {
        double compiler = Double.MAX_VALUE;
        for (int round = 1; round <= warmUp && compiler > SILENT; round++) {
            Rounds one = new Rounds();
            drain.round(samples, one);
            compiler = one.median(DrainRun.COMPILER);
            output.progress(String.format(
                    Locale.ROOT,
                    "warming up, round %d of at most %d: compiler %.2f CPU ms per frame",
                    round,
                    warmUp,
                    compiler));
        }
    }

    private static RawSessions ceilingOf(String model) throws OrtException {
        Path file = NamedFile.find(model, AssetCatalog.standard());
        return new RawSessions(file, BenchJob.PARALLELISM, /* threadsEach= */ 1);
    }

    private void alternate(RawSessions ceiling, RawSessions other, DrainRun drain, TopicReader samples)
            throws Exception {
        double before = speed(ceiling, CEILING_SPEED, CEILING_CPU);
        double otherBefore = other == null ? 0 : speed(other, PUBLISHED_SPEED, PUBLISHED_CPU);
        for (int round = 1; round <= rounds; round++) {
            Rounds one = new Rounds();
            drain.round(samples, one);
            one.names().forEach(name -> measured.add(name, one.median(name)));
            double behind = speed(ceiling, CEILING_SPEED, CEILING_CPU);
            double speed = one.median(DrainRun.THROUGHPUT);
            measured.add(RATIO, speed / ((before + behind) / 2));
            if (other != null) {
                double otherBehind = speed(other, PUBLISHED_SPEED, PUBLISHED_CPU);
                measured.add(RATIO_TO_PUBLISHED, speed / ((otherBefore + otherBehind) / 2));
                otherBefore = otherBehind;
            }
            output.progress(String.format(
                    Locale.ROOT,
                    "round %d of %d: %.1f frames/s, alone %.1f and %.1f, compiler %.2f CPU ms per frame",
                    round,
                    rounds,
                    speed,
                    before,
                    behind,
                    one.median(DrainRun.COMPILER)));
            before = behind;
        }
    }

    /**
     * The detector looks at one of three frames; the tracker bridges the others by their pixels, or, where the gateway sends only
     * the pictures that are looked at, by motion alone.
     */
    private void bridge(DrainRun drain, Path clip, TopicReader samples) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            output.progress(
                    "pictures of all frames, one of " + INTERVAL + " detected, round " + round + " of " + rounds);
            drain.roundOfOneIn(INTERVAL, /* pixels= */ true, WITH_FLOW, samples, measured);
        }
        drain.publishOneIn(INTERVAL, clip);
        for (int round = 1; round <= rounds; round++) {
            output.progress("pictures of one of " + INTERVAL + " frames, round " + round + " of " + rounds);
            drain.roundOfOneIn(INTERVAL, /* pixels= */ false, METADATA_ONLY, samples, measured);
        }
    }

    /** Images a second. */
    private double speed(RawSessions sessions, String speedName, String cpuName)
            throws OrtException, InterruptedException {
        RawSessions.Speed speed = sessions.run(frames);
        measured.add(speedName, speed.imagesPerSecond());
        measured.add(cpuName, speed.cpuMillisPerImage());
        return speed.imagesPerSecond();
    }

    private List<Figure> figures(Percentiles latency) {
        double ceilingCpu = measured.median(CEILING_CPU);
        List<Figure> figures = new ArrayList<>();
        for (String name : measured.names()) {
            double value = measured.median(name);
            if (name.endsWith(CPU)) {
                figures.add(Figure.of(name, value, "CPU ms").against(CEILING, ceilingCpu));
            } else if (name.equals(RATIO)) {
                figures.add(Figure.of(name, value, "ratio").against(CEILING, /* other= */ 1));
            } else if (name.equals(RATIO_TO_PUBLISHED)) {
                figures.add(Figure.of(name, value, "ratio").against(PUBLISHED, /* other= */ 1));
            } else {
                figures.add(Figure.of(name, value, name.endsWith("cpuMillisPerImage") ? "CPU ms" : "frames/s"));
            }
        }
        if (seconds > 0) {
            figures.add(
                    Figure.of("pipeline.latency.p50Millis", latency.p50(), "ms").against(ONE_RUN, ceilingCpu));
            figures.add(
                    Figure.of("pipeline.latency.p95Millis", latency.p95(), "ms").against(ONE_RUN, ceilingCpu));
            figures.add(
                    Figure.of("pipeline.latency.p99Millis", latency.p99(), "ms").against(ONE_RUN, ceilingCpu));
        }
        return figures;
    }
}
