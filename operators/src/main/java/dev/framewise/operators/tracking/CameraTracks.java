package dev.framewise.operators.tracking;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.track.Cadence;
import dev.framewise.vision.track.JpegPixels;
import dev.framewise.vision.track.Tracker;

/**
 * Keyed state of one lane of a camera: its tracker, its cadence, and the frame it has come to. Read back from a checkpoint it holds the
 * bytes of both until the first frame wants them: so {@link CameraTracksSerializer} needs to know no tracker and no cadence.
 */
public final class CameraTracks {
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

    /** The picture that the tracker will compare the next one with, still encoded; null where it wants none. */
    byte[] lastJpeg;

    /** At which size the detector decoded it; null where only the tracker did, and only its luma. */
    JpegScale lastDecodedAt;

    private Tracker tracker;
    private byte[] trackerBytes = new byte[0];
    private Cadence cadence;
    private byte[] cadenceBytes = new byte[0];

    private DelayedRows delay;
    private byte[] delayBytes = new byte[0];

    /** Gives a camera that has neither yet the bytes to make tracker and cadence from; empty for fresh ones. */
    void restore(byte[] trackerSnapshot, byte[] cadenceSnapshot) {
        trackerBytes = trackerSnapshot;
        cadenceBytes = cadenceSnapshot;
    }

    /**
     * The live tracker; made, and restored if there is something to restore, at the first call.
     *
     * @param pixels reads the picture again that a restored tracker had seen last
     */
    Tracker tracker(TrackerFactory factory, JpegPixels pixels) {
        if (tracker == null) {
            tracker = factory.create();
            if (trackerBytes.length > 0) {
                tracker.restore(trackerBytes);
            }
            if (lastJpeg != null && tracker.wantsPreviousPixels()) {
                tracker.prime(pixels.of(lastJpeg, lastDecodedAt));
            }
            trackerBytes = null;
        }
        return tracker;
    }

    /** Gives a camera the rows that waited; empty for none. */
    void restoreDelay(byte[] snapshot) {
        delayBytes = snapshot;
    }

    /**
     * The rows that wait for the next key frame; null where none may and none do.
     *
     * @param maxFrames how many may
     */
    DelayedRows delay(int maxFrames) {
        if (delay == null && (maxFrames > 0 || delayBytes.length > 0)) {
            delay = new DelayedRows(Math.max(1, maxFrames));
            if (delayBytes.length > 0) {
                delay.restore(delayBytes);
            }
            delayBytes = new byte[0];
        }
        return delay;
    }

    /** The live cadence; made, and restored if there is something to restore, at the first call. */
    Cadence cadence(CadenceFactory factory) {
        if (cadence == null) {
            cadence = factory.create();
            if (cadenceBytes.length > 0) {
                cadence.restore(cadenceBytes);
            }
            cadenceBytes = null;
        }
        return cadence;
    }

    /**
     * Keeps the picture that the tracker will want again after a restore: the last one that it read, which need not be that of the
     * last frame.
     *
     * @param read whether the tracker read the picture of the frame that it was given just now
     */
    void remember(FrameTask task, boolean read) {
        if (!tracker.wantsPreviousPixels()) {
            lastJpeg = null;
            lastDecodedAt = null;
        } else if (read) {
            lastJpeg = task.record.payload;
            lastDecodedAt = task.decodedAt;
        }
    }

    /**
     * Forgets all but the tracker's id counter: the lane has ended, and may begin again in a year.
     *
     * @return the live tracker, closed, to have its native memory given back; null where none was made
     */
    Tracker rest() {
        Tracker ended = tracker;
        trackerBytes = trackerSnapshot();
        tracker = null;
        cadence = null;
        cadenceBytes = new byte[0];
        delay = null;
        delayBytes = new byte[0];
        lastJpeg = null;
        lastDecodedAt = null;
        return ended;
    }

    /** The tracker's state as bytes; empty for one that was never used. */
    byte[] trackerSnapshot() {
        return tracker == null ? trackerBytes : tracker.snapshot();
    }

    /** The rows that wait, as bytes; empty where none ever did. */
    byte[] delaySnapshot() {
        return delay == null ? delayBytes : delay.snapshot();
    }

    /** The cadence's state as bytes; empty for one that was never asked. */
    byte[] cadenceSnapshot() {
        return cadence == null ? cadenceBytes : cadence.snapshot();
    }
}
