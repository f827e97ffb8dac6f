package dev.framewise.benchmarks.micro;

import dev.framewise.benchmarks.inference.ClipPictures;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.ImageFormatException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From the network's output to boxes, NMS included, on a picture with a handful of people. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PostprocessBenchmark {
    private final FrameTimings timings = new FrameTimings();
    private final Detections found = new Detections();
    private Detector detector;

    @Setup
    public void detectOnce() throws IOException, ModelException, ImageFormatException {
        AssetCatalog catalog = AssetCatalog.standard();
        detector = Detector.open(catalog.locate("yolox-nano-416"), DetectorOptions.defaults());
        detector.load(
                /* slot= */ 0,
                ClipPictures.jpegs(catalog.locate("pets09-s2l1"), /* most= */ 1).get(0),
                timings);
        detector.run(/* count= */ 1);
    }

    @Benchmark
    public Detections postprocess() {
        detector.detections(/* slot= */ 0, found, timings);
        return found;
    }

    @TearDown
    public void close() {
        detector.close();
    }
}
