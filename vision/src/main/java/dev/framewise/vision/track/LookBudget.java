package dev.framewise.vision.track;

/**
 * How often the detector may look: a bucket of calls that fills up as frames come and that each look takes one from. It starts with
 * one, so that over any time from the start at most one call more is made than the budget says. What is not spent is kept, up to
 * a depth: quiet minutes pay for a busy one.
 *
 * <p>Two measures. A share of the frames of one camera, deterministic; frames that were captured and came without a picture count,
 * so that a gateway which sends one of N by a directive and a budget of one of N look at the same frames and do not multiply. Or calls per
 * second, which several cameras of one subtask may share by sharing the object, so that the one where most happens gets most. Then who
 * comes first decides, and a replay need not choose the same frames. Not thread-safe.
 */
public final class LookBudget {
    private static final double SHARE_DEPTH = 8;
    private static final double SECONDS_DEPTH = 2;

    private final boolean byTime;
    private double rate;
    /** What a directive leaves of the rate; not in any snapshot, for it comes with the frames. */
    private double most = 1;

    private final double depth;
    private double calls = 1;
    /** Capture time of the last frame, or its number where frames are counted; NO_TIME before the first. */
    private long last = TrackedFrame.NO_TIME;

    private LookBudget(boolean byTime, double rate, double depth) {
        this.byTime = byTime;
        this.rate = rate;
        this.depth = depth;
    }

    /**
     * A share of one camera's frames.
     *
     * @param share above 0, at most 1
     */
    public static LookBudget shareOfFrames(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a budget of " + share + " of the frames; allowed: above 0, at most 1");
        }
        return new LookBudget(/* byTime= */ false, share, SHARE_DEPTH);
    }

    /**
     * Calls per second of capture time, for as many cameras as share the object.
     *
     * @param callsPerSecond above 0
     */
    public static LookBudget perSecond(double callsPerSecond) {
        if (!(callsPerSecond > 0 && callsPerSecond <= 1e6)) {
            throw new IllegalArgumentException("a budget of " + callsPerSecond + " calls per second; allowed: above 0");
        }
        return new LookBudget(/* byTime= */ true, callsPerSecond, Math.max(1, SECONDS_DEPTH * callsPerSecond));
    }

    /** Whether calls are counted per second. */
    public boolean isByTime() {
        return byTime;
    }

    /** Share of the frames, or calls per second. */
    public double rate() {
        return rate;
    }

    /** What is in force from the next frame on: the rate, or the share that a directive leaves, whichever is less. */
    double rateInForce() {
        return byTime ? rate : Math.min(rate, most);
    }

    /**
     * From the next frame on, no more than a share of the frames; what was saved stays. Without effect on a budget by time, which is not
     * one camera's.
     *
     * @param share above 0; 1 for no limit
     */
    void limit(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a limit of " + share + " of the frames; allowed: above 0, at most 1");
        }
        most = share;
    }

    /** A frame comes. */
    void onFrame(TrackedFrame frame) {
        if (!byTime) {
            boolean follows = last != TrackedFrame.NO_TIME && frame.number() > last;
            calls = Math.min(depth, calls + rateInForce() * (follows ? frame.number() - last : 1));
            last = frame.number();
            return;
        }
        if (!frame.hasTime()) {
            return;
        }
        // cameras that share it are a little apart; only what is new fills it
        if (last == TrackedFrame.NO_TIME) {
            last = frame.capturedAtMicros();
        }
        long elapsed = frame.capturedAtMicros() - last;
        if (elapsed > 0) {
            calls = Math.min(depth, calls + rate * elapsed / 1e6);
            last = frame.capturedAtMicros();
        }
    }

    /** Whether a call is left. */
    boolean allows() {
        return calls >= 1;
    }

    /** Takes a call. */
    void take() {
        calls--;
    }

    double calls() {
        return calls;
    }

    long last() {
        return last;
    }

    void restore(double newRate, double newCalls, long newLast) {
        rate = newRate;
        calls = newCalls;
        last = newLast;
    }
}
