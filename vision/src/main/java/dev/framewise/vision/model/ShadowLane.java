package dev.framewise.vision.model;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.image.ImageFormatException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second detector that looks at some frames beside the live one, on a background thread, and compares. One frame at a time:
 * while it is busy, others pass by unseen, so the hot path never waits for it.
 *
 * <p>{@link #take} copies the network's input on the live thread, where both detectors want the same; else the picture is
 * decoded anew in the background. The live thread calls everything; only the run happens elsewhere.
 */
final class ShadowLane {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowLane.class);

    private final Loaded shadow;
    private final Executor background;
    private final boolean showsOld;
    private final Agreement agreement = new Agreement();
    private final Detections found = new Detections();
    private final FrameTimings timings = new FrameTimings();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private Evidence sums = new Evidence();
    private boolean busy;
    private byte[] undecoded;

    /**
     * @param shadow belongs to the caller still
     * @param showsOld whether this is the version in force, and the release is live; else the other way round
     */
    ShadowLane(Loaded shadow, Executor background, boolean showsOld) {
        this.shadow = shadow;
        this.background = background;
        this.showsOld = showsOld;
    }

    Loaded shadow() {
        return shadow;
    }

    /** Whether nothing runs in it. */
    boolean isIdle() {
        lock.lock();
        try {
            return !busy;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs in it: at most one run of the network. */
    void awaitIdle() {
        lock.lock();
        try {
            while (busy) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the picture in a slot of the live detector; false if the lane is busy. */
    boolean take(Detector live, int slot, byte[] jpeg) {
        if (!isIdle()) {
            return false;
        }
        if (shadow.detector().hasInputOf(live)) {
            shadow.detector().load(/* slot= */ 0, live, slot);
            undecoded = null;
        } else {
            undecoded = jpeg;
        }
        return true;
    }

    /**
     * Runs the picture that was taken and compares.
     *
     * @param live what the live detector found in it; a copy that nobody changes
     * @param liveNanos time of the live network for it
     */
    void compare(Detections live, long liveNanos) {
        lock.lock();
        try {
            busy = true;
        } finally {
            lock.unlock();
        }
        background.execute(() -> run(live, liveNanos));
    }

    private void run(Detections live, long liveNanos) {
        Evidence one = new Evidence();
        try {
            Detector detector = shadow.detector();
            if (undecoded != null) {
                detector.load(/* slot= */ 0, undecoded, timings);
            }
            detector.run(1);
            detector.detections(/* slot= */ 0, found, timings);
            long nanos = nanosPerFrame(detector, /* frames= */ 1);
            agreement.compare(showsOld ? found : live, showsOld ? live : found);
            one.frames = 1;
            one.oldBoxes = agreement.oldBoxes();
            one.newBoxes = agreement.newBoxes();
            one.matched = agreement.matched();
            one.driftSum = agreement.driftSum();
            one.oldNanos = showsOld ? nanos : liveNanos;
            one.newNanos = showsOld ? liveNanos : nanos;
        } catch (ImageFormatException e) {
            LOG.debug("a picture that the live model could read was none in the shadow: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("{} failed on a frame beside the live model", shadow.label(), e);
            one.errors = showsOld ? 0 : 1;
        } finally {
            lock.lock();
            try {
                sums.add(one);
                busy = false;
                idle.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Time of a detector's last run per frame: CPU time on a CPU, which other work does not inflate; else wall time. */
    static long nanosPerFrame(Detector detector, int frames) {
        boolean cpu = detector.info().provider().equals("cpu");
        return (cpu ? detector.lastRunCpuNanos() : detector.lastRunNanos()) / frames;
    }

    /** Sums since the last call. */
    Evidence drain() {
        lock.lock();
        try {
            Evidence drained = sums;
            sums = new Evidence();
            return drained;
        } finally {
            lock.unlock();
        }
    }
}
