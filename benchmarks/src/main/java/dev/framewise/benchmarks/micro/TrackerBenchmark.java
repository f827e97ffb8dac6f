package dev.framewise.benchmarks.micro;

import dev.framewise.benchmarks.tracker.OrbitScene;
import dev.framewise.vision.track.SkipTracker;
import dev.framewise.vision.track.SkipTrackerOptions;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.TrackedFrame;
import dev.framewise.vision.track.Tracker;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The tracker on one frame after the other of a scene that repeats without a seam. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TrackerBenchmark {
    @Param({"8", "100"})
    public int objects;

    private final Tracker tracker = new SkipTracker(SkipTrackerOptions.of(/* pixels= */ false, /* interval= */ 1));
    private final TrackList shown = new TrackList();
    private final TrackedFrame input = new TrackedFrame();
    private OrbitScene scene;
    private long frame;

    @Setup
    public void makeScene() {
        scene = new OrbitScene(objects, /* frameCount= */ 600);
    }

    @Benchmark
    public TrackList update() {
        tracker.update(input.set(frame, TrackedFrame.NO_TIME, /* newPixels= */ null), scene.frame(frame), shown);
        frame++;
        return shown;
    }
}
