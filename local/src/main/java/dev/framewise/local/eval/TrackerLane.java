package dev.framewise.local.eval;

import dev.framewise.local.Looking;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.ThreadCpu;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.track.Cadence;
import dev.framewise.vision.track.LookReason;
import dev.framewise.vision.track.TrackDelay;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.TrackedFrame;
import dev.framewise.vision.track.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One tracker with its cadence on its way through a clip. Several go side by side over the same frames. One thread. */
public final class TrackerLane {
    /** A gap between key frames that a delay still waits for, frames. */
    static final int MAX_DELAY_FRAMES = 16;

    /** The detections of the frame at hand; called at most once per frame and lane. */
    public interface Detector {
        Detections detect();
    }

    private final int phase;
    private final double share;
    private final Tracker tracker;
    private final Cadence cadence;
    private final TrackDelay delay;
    private final FramePictures pictures;
    private final TrackedFrame frame = new TrackedFrame();
    private final TrackList shown = new TrackList();
    private final List<MotRow> rows = new ArrayList<>();
    private final Map<LookReason, Integer> reasons = new TreeMap<>();
    private final StageClock keyClock = new StageClock();
    private final StageClock skippedClock = new StageClock();
    private int keyFrames;
    private int skippedFrames;
    private long readNanos;
    private double mostOverBudget;

    /**
     * @param phase frames of the clip that are not given to the tracker
     * @param pictures the pixels of the frame at hand; null: none
     */
    public TrackerLane(Looking looking, int phase, Tracker tracker, boolean delayed, FramePictures pictures) {
        this.phase = phase;
        share = looking.share();
        this.tracker = tracker;
        this.pictures = pictures;
        cadence = looking.cadence(phase);
        delay = delayed ? new TrackDelay(MAX_DELAY_FRAMES) : null;
    }

    /**
     * Takes the next frame.
     *
     * @param number from 1
     * @return whether it was looked at
     */
    public boolean step(int number, long capturedAtMicros, Detector detector) {
        if (number <= phase) {
            return false;
        }
        frame.set(number - 1L, capturedAtMicros, /* newPixels= */ null);
        LookReason reason = cadence.next(frame, tracker.signals());
        reasons.merge(reason, 1, Integer::sum);
        boolean looks = reason.looks();
        Detections detections = looks ? detector.detect() : null;
        StageClock clock = looks ? keyClock : skippedClock;
        readNanos = 0;
        if (pictures != null) {
            frame.set(number - 1L, capturedAtMicros, into -> {
                long start = ThreadCpu.nanos();
                clock.add(looks ? "halve" : "luma", looks ? pictures.readColour(into) : pictures.readLuma(into));
                readNanos = ThreadCpu.nanos() - start;
                return true;
            });
        }
        long start = ThreadCpu.nanos();
        if (looks) {
            keyFrames++;
            tracker.update(frame, detections, shown);
        } else {
            skippedFrames++;
            tracker.coast(frame, shown);
        }
        mostOverBudget = Math.max(mostOverBudget, keyFrames - share * (keyFrames + skippedFrames));
        clock.add("track", ThreadCpu.nanos() - start - readNanos);
        if (delay == null) {
            show(number, shown);
        } else {
            delay.accept(number, looks, shown, this::show);
        }
        return looks;
    }

    /** The end of the clip. */
    public void finish() {
        if (delay != null) {
            delay.flush(this::show);
        }
    }

    /** What was shown, ordered by frame. */
    public List<MotRow> rows() {
        return rows;
    }

    int keyFrames() {
        return keyFrames;
    }

    /** Calls of the detector beyond its share of the frames so far, where that was most. */
    double mostOverBudget() {
        return mostOverBudget;
    }

    /** How often each reason decided. */
    Map<String, Integer> reasons() {
        Map<String, Integer> named = new TreeMap<>();
        reasons.forEach((reason, count) -> named.put(reason.name(), count));
        return named;
    }

    /** CPU time by stage, milliseconds per frame of the clip. */
    Map<String, Double> millisPerFrame(int frames) {
        Map<String, Double> millis = new TreeMap<>(keyClock.millisPer(frames));
        skippedClock.millisPer(frames).forEach((stage, value) -> millis.merge(stage, value, Double::sum));
        return millis;
    }

    /** CPU time by stage, milliseconds per skipped frame. */
    Map<String, Double> bridgeMillis() {
        return skippedFrames == 0 ? Map.of() : skippedClock.millisPer(skippedFrames);
    }

    private void show(long number, TrackList tracks) {
        rows.addAll(MotFormat.rows(Math.toIntExact(number), tracks));
    }
}
