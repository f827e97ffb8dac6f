package dev.framewise.benchmarks.soak;

import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.ClipOption;
import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.pipeline.BenchJob;
import dev.framewise.benchmarks.pipeline.CameraNames;
import dev.framewise.benchmarks.pipeline.PacedSources;
import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.jobs.KafkaOptions;
import dev.framewise.local.Home;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.ModelOption;
import dev.framewise.local.WorkFolder;
import dev.framewise.local.kafka.TopicReader;
import dev.framewise.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.apache.flink.api.common.JobID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code framewise bench soak}: gateway, Kafka and Flink on a clip in a loop, and the memory of the process all the while. */
@Command(
        name = "soak",
        description = {
            "Memory, threads and file descriptors of the whole pipeline on a clip in a loop, two cameras, all in this process.",
            "Each figure is the median of the last quarter of the readings, and its ratio is to that of the first."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SoakCommand implements Callable<Integer> {
    private static final String NAME = "framewise-soak";
    private static final int CAMERAS = 2;
    private static final Duration POLL = Duration.ofMillis(200);

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "PT1H",
            description = "How long memory is read. Default: ${DEFAULT-VALUE}")
    private Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            defaultValue = "PT5M",
            description = "How long the pipeline runs before that: the JIT compiler takes memory, too. "
                    + "Default: ${DEFAULT-VALUE}")
    private Duration warmUp;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "PT30S",
            description = "Time between readings. Default: ${DEFAULT-VALUE}")
    private Duration every;

    @Option(
            names = "--fps",
            defaultValue = "5",
            description = "Frames a second of each of the two cameras. Default: ${DEFAULT-VALUE}")
    private int framesPerSecond;

    @Mixin
    private ClipOption clipOption;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private BenchOutput output;

    private final Trend rss = new Trend();
    private final Trend outsideHeap = new Trend();
    private final Trend javacpp = new Trend();
    private final Trend liveHeap = new Trend();
    private final Trend threads = new Trend();
    private final Trend descriptors = new Trend();
    private long samples;

    @Override
    public Integer call() throws Exception {
        output.atLeast(/* least= */ 1, framesPerSecond, "--fps");
        output.atLeast(/* least= */ 1, (int) every.toSeconds(), "seconds of --every");
        output.atLeast(/* least= */ 1, (int) duration.dividedBy(every), "readings, --duration by --every,");
        Path clip = clipOption.file();
        Path model = modelOption.file();
        output.progress("starting Kafka and Flink");
        long framesPerCamera = framesPerSecond * warmUp.plus(duration).toSeconds();
        try (WorkFolder work = WorkFolder.empty(Home.directory().resolve("soak"));
                LocalCluster cluster = LocalCluster.start(work.path(), BenchJob.PARALLELISM);
                TopicReader reader = new TopicReader(cluster.bootstrapServers(), List.of(Topic.SAMPLES))) {
            BenchJob jobs = new BenchJob(cluster, model, /* maxBatch= */ 1);
            JobID job = jobs.submit(NAME, KafkaOptions.Start.EARLIEST);
            cluster.flink().awaitRunning(job, BenchJob.PATIENCE);
            FutureTask<Void> cameras = publishing(jobs, clip, framesPerCamera);
            new Thread(cameras, "soak-cameras").start();
            watch(cameras, reader);
            cameras.get();
            cluster.awaitConsumed(job, NAME, Topic.FRAMES, BenchJob.PATIENCE);
            cluster.flink().cancel(job);
            do {
                reader.poll(POLL, sample -> samples++);
            } while (!reader.atEnd());
        }
        output.show(figures(CAMERAS * framesPerCamera));
        return 0;
    }

    private FutureTask<Void> publishing(BenchJob jobs, Path clip, long framesPerCamera) {
        List<CameraSettings> cameras = CameraNames.spread(CAMERAS, BenchJob.PARALLELISM).stream()
                .map(name ->
                        CameraSettings.of(name, clip.toString()).withLoop(true).withMaxFrames(framesPerCamera))
                .toList();
        GatewayParts real = GatewayParts.real();
        GatewayParts paced = new GatewayParts(
                real.wallClock(),
                real.nanoTicker(),
                real.sleeper(),
                new PacedSources(real.sources(), framesPerSecond, CAMERAS),
                real.sinks());
        return new FutureTask<>(() -> {
            jobs.publish(cameras, paced);
            return null;
        });
    }

    /** Reads memory until the cameras have ended. */
    private void watch(FutureTask<Void> cameras, TopicReader reader) throws Exception {
        long started = System.nanoTime();
        for (long next = started + warmUp.toNanos(); !cameras.isDone(); ) {
            reader.poll(POLL, sample -> samples++);
            if (System.nanoTime() < next) {
                continue;
            }
            next += every.toNanos();
            ProcessMemory memory = ProcessMemory.now();
            rss.add(memory.rssMebibytes());
            outsideHeap.add(memory.outsideHeapMebibytes());
            javacpp.add(memory.nativeMebibytes());
            liveHeap.add(memory.liveHeapMebibytes());
            threads.add(memory.threads());
            descriptors.add(memory.fileDescriptors());
            output.progress(String.format(
                    Locale.ROOT,
                    "%s: %d frames, RSS %.1f MiB, outside the heap %.1f, JavaCPP %.1f, live heap %.1f, %d threads, %d files",
                    Duration.ofSeconds((System.nanoTime() - started) / 1_000_000_000),
                    samples,
                    memory.rssMebibytes(),
                    memory.outsideHeapMebibytes(),
                    memory.nativeMebibytes(),
                    memory.liveHeapMebibytes(),
                    memory.threads(),
                    memory.fileDescriptors()));
        }
    }

    private List<Figure> figures(long published) {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("soak.framesSeen", (double) samples, "frames")
                .against("frames published", (double) published));
        add(figures, "soak.rss", "MiB", rss);
        add(figures, "soak.outsideHeap", "MiB", outsideHeap);
        add(figures, "soak.javacpp", "MiB", javacpp);
        add(figures, "soak.liveHeap", "MiB", liveHeap);
        add(figures, "soak.threads", "threads", threads);
        add(figures, "soak.fileDescriptors", "files", descriptors);
        return figures;
    }

    private static void add(List<Figure> figures, String name, String unit, Trend trend) {
        figures.add(Figure.of(name, trend.last(), unit).against("the first quarter of " + trend.size(), trend.first()));
    }
}
