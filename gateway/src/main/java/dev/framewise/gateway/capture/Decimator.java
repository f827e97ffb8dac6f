package dev.framewise.gateway.capture;

import dev.framewise.schemas.Disposition;
import dev.framewise.thermal.ThrottleDecision;

/**
 * Chooses which captured pictures are sent. First the frame rate: an accumulator spreads the pictures that are let through
 * evenly (error diffusion), the others are THROTTLED. Of those let through, the first of each detector interval is SENT, the
 * others are SKIPPED: the interval is the camera's own or the throttle's, whichever is longer. Whole numbers only, so that the
 * choice is the same on every machine. Not thread-safe.
 */
public final class Decimator {
    private static final long ONE = 1_000_000;

    private final int ownInterval;

    /** Millionths of a frame saved up; starts so that the first picture goes through unless the rate is nought. */
    private long savedMillionths = ONE - 1;

    private long sinceSent = Integer.MAX_VALUE;

    /** @param ownInterval of the camera, at least 1 */
    public Decimator(int ownInterval) {
        if (ownInterval < 1) {
            throw new IllegalArgumentException("interval = " + ownInterval + " must be at least 1");
        }
        this.ownInterval = ownInterval;
    }

    /** What to do with the next picture under the throttle in force. */
    public Disposition next(ThrottleDecision throttle) {
        savedMillionths += Math.round(throttle.frameRateFactor() * ONE);
        if (savedMillionths < ONE) {
            return Disposition.THROTTLED;
        }
        savedMillionths -= ONE;
        sinceSent++;
        if (sinceSent < Math.max(ownInterval, throttle.detectorInterval())) {
            return Disposition.SKIPPED;
        }
        sinceSent = 0;
        return Disposition.SENT;
    }

    /** The picture that was to be sent could not be: the next one let through takes its place, or the detector would see none for an
     * interval. */
    public void notSent() {
        sinceSent = Integer.MAX_VALUE;
    }
}
