package dev.framewise.operators.perception;

import dev.framewise.vision.track.Cadence;
import dev.framewise.vision.track.LookReason;
import dev.framewise.vision.track.TrackSignals;
import dev.framewise.vision.track.TrackedFrame;
import java.nio.ByteBuffer;

/**
 * A cadence whose choice needs the frame before to be tracked: it looks at its first frame, and else where the bits of the
 * tracker's uncertainty and motion are even in number. Fails where frames come out of order.
 */
final class TestingCadence implements Cadence {
    private long last = -1;

    @Override
    public LookReason next(TrackedFrame frame, TrackSignals signals) {
        if (frame.number() <= last) {
            throw new IllegalStateException("frame " + frame.number() + " after " + last);
        }
        boolean first = last < 0;
        last = frame.number();
        int bits = Float.floatToIntBits(signals.uncertainty()) ^ Float.floatToIntBits(signals.motion());
        return first || Integer.bitCount(bits) % 2 == 0 ? LookReason.UNCERTAIN : LookReason.NOT_NEEDED;
    }

    @Override
    public void reset() {
        last = -1;
    }

    @Override
    public byte[] snapshot() {
        return ByteBuffer.allocate(8).putLong(last).array();
    }

    @Override
    public void restore(byte[] snapshot) {
        last = ByteBuffer.wrap(snapshot).getLong();
    }
}
