package dev.framewise.operators.tracking;

import dev.framewise.vision.track.Tracker;

/**
 * Keyed state of one camera: its tracker, and the frame it has come to. Read back from a checkpoint it holds the tracker's
 * bytes until the first frame wants the tracker: so {@link CameraTracksSerializer} needs to know no tracker.
 */
final class CameraTracks {
    String device = "";
    long bootEpoch;
    long sequence = -1;
    long capturedAtMicros;
    int width;
    int height;

    /** Latest capture time of this boot epoch, microseconds: what a silence is measured from, so that a clock that jumps back
     * and forth again is none. */
    long latestMicros;

    /** Model that saw the last key frame; null before the first. */
    String model;

    /** Event time up to which the camera counts as active, milliseconds: its last frame's, or the watermark if that was ahead. */
    long activeMillis;

    /** Event time of the silence timer in force, milliseconds; 0 for none. */
    long timerMillis;

    /** Whether the tracks were closed since the last frame. */
    boolean closed = true;

    private Tracker tracker;
    private byte[] snapshot = new byte[0];

    /** Gives a camera that has no live tracker yet the bytes to make one from. */
    void restore(byte[] bytes) {
        snapshot = bytes;
    }

    /** The live tracker; made, and restored if there is something to restore, at the first call. */
    Tracker tracker(TrackerFactory factory) {
        if (tracker == null) {
            tracker = factory.create();
            if (snapshot.length > 0) {
                tracker.restore(snapshot);
            }
            snapshot = null;
        }
        return tracker;
    }

    /** The tracker's state as bytes; empty for one that was never used. */
    byte[] snapshot() {
        return tracker == null ? snapshot : tracker.snapshot();
    }
}
