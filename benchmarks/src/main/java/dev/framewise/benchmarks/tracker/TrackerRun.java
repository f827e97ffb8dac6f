package dev.framewise.benchmarks.tracker;

import com.sun.management.ThreadMXBean;
import dev.framewise.benchmarks.Rounds;
import dev.framewise.vision.detect.ThreadCpu;
import dev.framewise.vision.track.SkipTracker;
import dev.framewise.vision.track.SkipTrackerOptions;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.TrackedFrame;
import dev.framewise.vision.track.Tracker;
import java.lang.management.ManagementFactory;

/** Runs the tracker over a scene and books CPU time and allocated memory. One thread. */
final class TrackerRun {
    static final int SCENE_FRAMES = 600;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final OrbitScene scene;
    private final Tracker tracker = new SkipTracker(SkipTrackerOptions.of(/* pixels= */ false, /* interval= */ 1));
    private final TrackList shown = new TrackList();
    private final TrackedFrame input = new TrackedFrame();
    private long frame;
    private long boxes;

    TrackerRun(int objects) {
        scene = new OrbitScene(objects, SCENE_FRAMES);
    }

    /** Tracks so many frames more and books the mean under {@code micros} and {@code bytes}. */
    void round(int frames, Rounds rounds, String micros, String bytes) {
        long startBytes = THREADS.getCurrentThreadAllocatedBytes();
        long startNanos = ThreadCpu.nanos();
        run(frames);
        long nanos = ThreadCpu.nanos() - startNanos;
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - startBytes;
        rounds.add(micros, nanos / 1e3 / frames);
        rounds.add(bytes, (double) allocated / frames);
    }

    /** Tracks so many frames more. */
    void run(int frames) {
        for (int i = 0; i < frames; i++) {
            tracker.update(input.set(frame, TrackedFrame.NO_TIME, /* newPixels= */ null), scene.frame(frame), shown);
            frame++;
            boxes += shown.size();
        }
    }

    /** Boxes shown per frame so far: near the number of objects, or something else was measured. */
    double boxesPerFrame() {
        return (double) boxes / frame;
    }
}
