package dev.framewise.benchmarks.pipeline;

import dev.framewise.benchmarks.Rounds;
import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.jobs.KafkaOptions;
import dev.framewise.jobs.PerceptionOptions;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.StageCosts;
import dev.framewise.local.kafka.TopicReader;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.util.FlinkException;

/**
 * Throughput and cost at full load: the frames of some cameras lie in Kafka, and a job works through them as fast as it can. Each
 * round is a new job over the same frames. What is counted lies within a {@link SampleWindow}, so starting and stopping is not.
 */
final class DrainRun {
    static final String THROUGHPUT = "pipeline.throughput.framesPerSecond";
    static final String PROCESS = "pipeline.process.cpuMillisPerFrame";
    static final String COMPILER = "pipeline.compiler.cpuMillisPerFrame";
    static final String PRODUCERS = "pipeline.producers.cpuMillisPerFrame";
    static final String BROKER = "pipeline.broker.cpuMillisPerFrame";
    static final String OVERHEAD = "pipeline.overhead.cpuMillisPerFrame";

    private static final int CAMERAS = 4;

    private final LocalCluster cluster;
    private final BenchJob jobs;
    private final int framesPerCamera;
    private int rounds;

    DrainRun(LocalCluster cluster, BenchJob jobs, int framesPerCamera) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.framesPerCamera = framesPerCamera;
    }

    /** Puts the frames into Kafka, each with its picture. */
    void publish(Path clip) throws InterruptedException {
        publish(clip, CameraSettings.EVERY_FRAME);
    }

    /**
     * Puts other frames into Kafka in place of those that are there: the gateways send the picture of one of N, and of the others
     * only that they were captured.
     */
    void publishOneIn(int interval, Path clip) throws InterruptedException {
        cluster.empty(Topic.FRAMES);
        publish(clip, interval);
    }

    private void publish(Path clip, int interval) throws InterruptedException {
        List<CameraSettings> cameras = CameraNames.spread(CAMERAS, BenchJob.PARALLELISM).stream()
                .map(name -> CameraSettings.of(name, clip.toString())
                        .withPace(CameraSettings.Pace.FAST)
                        .withLoop(true)
                        .withInterval(interval)
                        .withMaxFrames(framesPerCamera))
                .toList();
        jobs.publish(cameras, GatewayParts.real());
    }

    /**
     * Works through all frames once, the detector looking at every one.
     *
     * @param reader of the topic samples, at its end
     * @throws IllegalStateException if a frame has no sample, or more than one
     */
    void round(TopicReader reader, Rounds into) throws FlinkException, RecordFormatException {
        CpuTimeline timeline = new CpuTimeline();
        SampleWindow window = drain(reader, timeline, options -> options);
        book(window, timeline, into);
    }

    /**
     * Works through all frames once, the detector looking at one of N, and books what a frame costs: the process without broker
     * and JIT compiler.
     *
     * @param pixels whether the frames in between, which then must have pictures, are followed by their pixels
     */
    void roundOfOneIn(int interval, boolean pixels, String name, TopicReader reader, Rounds into)
            throws FlinkException, RecordFormatException {
        CpuTimeline timeline = new CpuTimeline();
        SampleWindow window =
                drain(reader, timeline, options -> options.interval(interval).pixels(pixels));
        Map<CpuGroup, Double> used = timeline.between(window.fromMicros(), window.toMicros());
        into.add(
                name,
                (process(used) - used.get(CpuGroup.BROKER) - used.get(CpuGroup.COMPILER))
                        / window.samples().size());
    }

    private SampleWindow drain(TopicReader reader, CpuTimeline timeline, UnaryOperator<PerceptionOptions> how)
            throws FlinkException, RecordFormatException {
        try (timeline) {
            PerceptionOptions options = jobs.options("framewise-bench-" + rounds++)
                    .start(KafkaOptions.Start.EARLIEST)
                    .bounded(true);
            cluster.flink().awaitEnd(jobs.submit(how.apply(options)), BenchJob.PATIENCE);
        }
        List<InferenceSample> samples = BenchJob.samples(reader);
        if (samples.size() != CAMERAS * framesPerCamera) {
            throw new IllegalStateException(samples.size() + " samples of " + CAMERAS * framesPerCamera + " frames");
        }
        return SampleWindow.of(samples);
    }

    /** CPU milliseconds of everything but the reading of these times. */
    private static double process(Map<CpuGroup, Double> used) {
        return used.entrySet().stream()
                .filter(entry -> entry.getKey() != CpuGroup.OBSERVER)
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static void book(SampleWindow window, CpuTimeline timeline, Rounds into) {
        into.add(THROUGHPUT, window.framesPerSecond());
        StageCosts costs = new StageCosts();
        window.samples().forEach(costs::accept);
        Map<String, Double> stages = costs.millisPerFrame();
        stages.forEach((stage, millis) -> into.add("pipeline.stage." + stage + ".cpuMillisPerFrame", millis));
        Map<CpuGroup, Double> used = timeline.between(window.fromMicros(), window.toMicros());
        int frames = window.samples().size();
        double process = process(used) / frames;
        double broker = used.get(CpuGroup.BROKER) / frames;
        double producers = used.get(CpuGroup.PRODUCERS) / frames;
        double compiler = used.get(CpuGroup.COMPILER) / frames;
        into.add("pipeline.tasks.cpuMillisPerFrame", used.get(CpuGroup.TASKS) / frames);
        into.add("pipeline.consumers.cpuMillisPerFrame", used.get(CpuGroup.CONSUMERS) / frames);
        into.add(PRODUCERS, producers);
        into.add(COMPILER, compiler);
        into.add("pipeline.jvm.cpuMillisPerFrame", used.get(CpuGroup.JVM) / frames);
        into.add("pipeline.other.cpuMillisPerFrame", used.get(CpuGroup.OTHER) / frames);
        into.add(BROKER, broker);
        into.add(PROCESS, process);
        into.add(OVERHEAD, process - broker - producers - compiler - stages.get("inference"));
    }
}
