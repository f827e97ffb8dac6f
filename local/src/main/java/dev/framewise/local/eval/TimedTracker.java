package dev.framewise.local.eval;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.Tracker;

/** A tracker whose CPU time is booked as stage {@code track}. */
record TimedTracker(Tracker tracker, StageClock clock) implements Tracker {
    @Override
    public void update(long frame, Detections detections, TrackList out) {
        clock.start();
        tracker.update(frame, detections, out);
        clock.lap("track");
    }

    @Override
    public void coast(long frame, TrackList out) {
        clock.start();
        tracker.coast(frame, out);
        clock.lap("track");
    }

    @Override
    public void close(TrackList out) {
        tracker.close(out);
    }

    @Override
    public byte[] snapshot() {
        return tracker.snapshot();
    }

    @Override
    public void restore(byte[] snapshot) {
        tracker.restore(snapshot);
    }
}
