package dev.framewise.benchmarks.swap;

import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.ClipOption;
import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.pipeline.BenchJob;
import dev.framewise.benchmarks.soak.ProcessMemory;
import dev.framewise.local.Home;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.ModelOption;
import dev.framewise.local.WorkFolder;
import dev.framewise.local.report.Percentiles;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.ReleaseState;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.model.ReleaseDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code framewise bench swap}: the model changes again and again while two cameras go on. */
@Command(
        name = "swap",
        description = {
            "Models are swapped under a steady load of two cameras, all in this process: the same network in another file each "
                    + "time, tried beside the one in force, taken over at a checkpoint, watched, accepted.",
            "Counts lost and duplicated frames, compares latency during the swaps with that before, reads memory behind each "
                    + "swap, and offers one model with noisy weights at the end."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SwapCommand implements Callable<Integer> {
    private static final String BASE = "bench";
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final double NOISE = 0.2;

    @Option(names = "--swaps", defaultValue = "10", description = "Swaps that are measured. Default: ${DEFAULT-VALUE}")
    private int swaps;

    @Option(
            names = "--warm-up-swaps",
            defaultValue = "3",
            description = "Swaps before them: the first ones load code and grow the heap. Default: ${DEFAULT-VALUE}")
    private int warmUpSwaps;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "How long latency is measured before the first swap. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--fps",
            defaultValue = "10",
            description = "Frames a second of each of the two cameras. Default: ${DEFAULT-VALUE}")
    private int framesPerSecond;

    @Option(
            names = "--shadow-frames",
            defaultValue = "20",
            description = "Frames compared before a swap and behind it. Default: ${DEFAULT-VALUE}")
    private int shadowFrames;

    @Mixin
    private ClipOption clipOption;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private BenchOutput output;

    private final List<Double> rss = new ArrayList<>();
    private final List<Double> outsideHeap = new ArrayList<>();
    private final List<double[]> during = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        output.atLeast(/* least= */ 1, swaps, "--swaps");
        output.atLeast(/* least= */ 0, warmUpSwaps, "--warm-up-swaps");
        output.atLeast(/* least= */ 1, seconds, "--seconds");
        output.atLeast(/* least= */ 1, framesPerSecond, "--fps");
        output.atLeast(/* least= */ 1, shadowFrames, "--shadow-frames");
        Path clip = clipOption.file();
        Path model = modelOption.file();
        output.progress("starting Kafka and Flink");
        List<Figure> figures;
        try (WorkFolder work = WorkFolder.empty(Home.directory().resolve("bench-swap"));
                LocalCluster cluster = LocalCluster.start(work.path().resolve("cluster"), BenchJob.PARALLELISM)) {
            Path base = ModelVariants.sameNetwork(model, BASE, work.path().resolve(BASE + ".onnx"));
            try (SwapRun run = new SwapRun(cluster, base, clip, framesPerSecond)) {
                figures = measure(run, base, work.path());
            }
        }
        output.show(figures);
        return 0;
    }

    private List<Figure> measure(SwapRun run, Path base, Path folder) throws Exception {
        output.progress("warming up");
        for (int swap = 1; swap <= warmUpSwaps; swap++) {
            swap(run, base, "w" + swap, folder);
        }
        output.progress("latency without a swap, " + seconds + " s");
        long quietFrom = SwapRun.nowMicros();
        run.pass(Duration.ofSeconds(seconds));
        long quietTo = SwapRun.nowMicros();
        long[][] spans = new long[swaps][];
        for (int swap = 1; swap <= swaps; swap++) {
            long from = SwapRun.nowMicros();
            swap(run, base, Integer.toString(swap), folder);
            spans[swap - 1] = new long[] {from, SwapRun.nowMicros()};
            ProcessMemory memory = ProcessMemory.now();
            rss.add(memory.rssMebibytes());
            outsideHeap.add(memory.outsideHeapMebibytes());
            output.progress(String.format(
                    Locale.ROOT,
                    "swap %d of %d: %.1f s, RSS %.1f MiB, outside the heap %.1f MiB",
                    swap,
                    swaps,
                    (spans[swap - 1][1] - from) / 1e6,
                    memory.rssMebibytes(),
                    memory.outsideHeapMebibytes()));
        }
        output.progress("offering a model with noisy weights");
        Path noisy = ModelVariants.perturbed(base, NOISE, /* seed= */ 1, folder.resolve("noisy.onnx"));
        ReleaseState noisyEnd = run.release(draft("noisy", noisy));
        long captured = run.finish();
        for (long[] span : spans) {
            during.add(run.latencies(span[0], span[1]));
        }
        return figures(run, captured, run.latencies(quietFrom, quietTo), noisyEnd);
    }

    private void swap(SwapRun run, Path base, String version, Path folder) throws Exception {
        Path file = ModelVariants.sameNetwork(base, version, folder.resolve("release.onnx"));
        ReleaseState end = run.release(draft(version, file));
        if (end != ReleaseState.ACCEPTED) {
            throw new IllegalStateException("release " + version + " of the same network is " + end);
        }
        run.pass(SETTLE);
    }

    private ModelRelease draft(String version, Path file) throws IOException, ModelException {
        return ReleaseDraft.of(BASE, version, file)
                .setShadowShare(0.5)
                .setLeastShadowFrames(shadowFrames)
                .build();
    }

    private List<Figure> figures(SwapRun run, long captured, double[] quiet, ReleaseState noisyEnd) {
        double before = Percentiles.of(quiet).p99();
        double[] all = during.stream().flatMapToDouble(Arrays::stream).toArray();
        double[] each =
                during.stream().mapToDouble(one -> Percentiles.of(one).p99()).toArray();
        long noisyRows = run.frames().byModel().entrySet().stream()
                .filter(entry -> entry.getKey().contains("@noisy-"))
                .mapToInt(Map.Entry::getValue)
                .sum();
        boolean promoted = noisyEnd != ReleaseState.REFUSED || noisyRows > 0;
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("swap.frames.captured", (double) captured, "frames"));
        figures.add(Figure.of("swap.frames.lost", (double) run.frames().lost(captured), "frames"));
        figures.add(Figure.of("swap.frames.duplicated", run.frames().duplicated(), "frames"));
        figures.add(Figure.of("swap.versions.seenBy", run.frames().byModel().size(), "versions"));
        figures.add(
                Figure.of("swap.latency.before.p50Millis", Percentiles.of(quiet).p50(), "ms"));
        figures.add(Figure.of("swap.latency.before.p99Millis", before, "ms"));
        figures.add(
                Figure.of("swap.latency.during.p50Millis", Percentiles.of(all).p50(), "ms")
                        .against("p50 before the swaps", Percentiles.of(quiet).p50()));
        figures.add(
                Figure.of("swap.latency.during.p99Millis", Percentiles.of(all).p99(), "ms")
                        .against("p99 before the swaps", before));
        figures.add(Figure.of(
                        "swap.latency.worstSwap.p99Millis",
                        DoubleStream.of(each).max().orElseThrow(),
                        "ms")
                .against("p99 before the swaps", before));
        figures.add(Figure.of("swap.rss.last", rss.get(rss.size() - 1), "MiB")
                .against("behind the first swap", rss.get(0)));
        figures.add(Figure.of("swap.rss.most", max(rss), "MiB").against("the least", min(rss)));
        figures.add(Figure.of("swap.outsideHeap.last", outsideHeap.get(rss.size() - 1), "MiB")
                .against("behind the first swap", outsideHeap.get(0)));
        figures.add(Figure.of("swap.perturbed.promoted", promoted ? 1 : 0, "0 no, 1 yes"));
        return figures;
    }

    private static double max(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    private static double min(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
}
