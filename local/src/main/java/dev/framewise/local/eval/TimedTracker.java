package dev.framewise.local.eval;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.PixelSource;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.TrackSignals;
import dev.framewise.vision.track.TrackedFrame;
import dev.framewise.vision.track.Tracker;

/** A tracker whose CPU time is booked as stage {@code track}. */
record TimedTracker(Tracker tracker, StageClock clock) implements Tracker {
    @Override
    public void update(TrackedFrame frame, Detections detections, TrackList out) {
        clock.start();
        tracker.update(frame, detections, out);
        clock.lap("track");
    }

    @Override
    public void coast(TrackedFrame frame, TrackList out) {
        clock.start();
        tracker.coast(frame, out);
        clock.lap("track");
    }

    @Override
    public void close(TrackList out) {
        tracker.close(out);
    }

    @Override
    public long rejectedDetections() {
        return tracker.rejectedDetections();
    }

    @Override
    public TrackSignals signals() {
        return tracker.signals();
    }

    @Override
    public boolean wantsPreviousPixels() {
        return tracker.wantsPreviousPixels();
    }

    @Override
    public void prime(PixelSource pixels) {
        tracker.prime(pixels);
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
