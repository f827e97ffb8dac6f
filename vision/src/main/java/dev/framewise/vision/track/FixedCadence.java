package dev.framewise.vision.track;

import java.nio.ByteBuffer;

/**
 * One of N: the frame numbers from {@code phase} on fall into intervals of N, and the first frame of each interval that has a
 * picture is its key frame. So a gateway that itself sends only one of N pictures and a job with the same N skip together, and
 * do not multiply.
 */
public final class FixedCadence implements Cadence {
    private static final byte VERSION = 1;
    private static final int SNAPSHOT_BYTES = 1 + 8;
    private static final long BEFORE_THE_FIRST = -1;

    private final int interval;
    private final int phase;
    private long keyInterval = BEFORE_THE_FIRST;

    /**
     * @param interval the detector looks at one of this many frames, at least 1
     * @param phase number of the first key frame, 0 to interval - 1
     */
    public FixedCadence(int interval, int phase) {
        if (interval < 1 || phase < 0 || phase >= interval) {
            throw new IllegalArgumentException(
                    "interval " + interval + " must be at least 1 and phase " + phase + " from 0 to interval - 1");
        }
        this.interval = interval;
        this.phase = phase;
    }

    @Override
    public boolean needsSignals() {
        return false;
    }

    @Override
    public LookReason next(TrackedFrame frame, TrackSignals signals) {
        long current = Math.floorDiv(frame.number() - phase, (long) interval);
        if (current <= keyInterval) {
            return LookReason.NOT_NEEDED;
        }
        keyInterval = current;
        return LookReason.INTERVAL;
    }

    @Override
    public void reset() {
        keyInterval = BEFORE_THE_FIRST;
    }

    @Override
    public byte[] snapshot() {
        return ByteBuffer.allocate(SNAPSHOT_BYTES)
                .put(VERSION)
                .putLong(keyInterval)
                .array();
    }

    @Override
    public void restore(byte[] snapshot) {
        if (snapshot.length != SNAPSHOT_BYTES || snapshot[0] != VERSION) {
            throw new IllegalArgumentException("a fixed cadence's state has " + SNAPSHOT_BYTES + " bytes and version "
                    + VERSION + "; these " + snapshot.length
                    + " bytes are something else: was the job restored with another kind of cadence?");
        }
        keyInterval = ByteBuffer.wrap(snapshot).getLong(1);
    }
}
