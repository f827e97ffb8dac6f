package dev.framewise.operators.perception;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.TrackSignals;
import dev.framewise.vision.track.TrackedFrame;
import dev.framewise.vision.track.Tracker;

/** The textbook's tracker, as one that holds native memory. */
final class TestingTracker implements Tracker {
    /** How often it was given back. */
    int released;

    private final ByteTracker tracker = new ByteTracker(ByteTrackOptions.defaults());

    @Override
    public void update(TrackedFrame frame, Detections detections, TrackList out) {
        tracker.update(frame, detections, out);
    }

    @Override
    public void coast(TrackedFrame frame, TrackList out) {
        tracker.coast(frame, out);
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
    public void release() {
        released++;
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
