package dev.framewise.vision.track;

import java.nio.ByteBuffer;

/**
 * Lets the stream choose when the detector looks. Every frame adds to an urge: time since the last look, more of it the more tracks there
 * are; tracks that pixels lost; tracks whose place is uncertain; motion; and, at once, something that moves where no track is. The detector
 * looks when the urge passes a threshold and the {@link LookBudget} has a call left. The threshold learns: looks above the
 * budget's rate raise it, frames without a look lower it down to a floor. So a busy scene spends the whole budget where it matters
 * most, and an empty one nearly nothing.
 *
 * <p>What came of it is drawn by {@code ./framewise eval --interval 1,2,3,5,adaptive --budget 0.1,0.2,0.333}. Deterministic, unless the
 * budget is shared. Not thread-safe.
 */
public final class AdaptiveCadence implements Cadence {
    private static final int MAGIC = 0x46574143; // "FWAC"
    private static final int VERSION = 1;
    private static final int BYTES = 4 + 4 + 1 + 8 + 8 + 8 + 1 + 8 + 8 + 8;

    /** Weights of the urge, per frame where they add up over time. */
    private static final double TIME = 0.4;

    private static final double TIME_PER_TRACK = 0.15;
    private static final double MAX_TIME = 1.5;
    private static final double FAILURES = 0.3;
    private static final double MOTION = 1;
    private static final double UNCERTAINTY = 1;
    private static final double ENTRY = 1.5;
    private static final double ENTRY_FRAMES = 2;
    private static final double CALM = 0.1;
    private static final double BUSY_MOTION = 0.03;
    private static final double USUAL_CHANGE_SHARE = 1 / 64.0;
    private static final double LEARNING = 0.15;
    private static final double FLOOR = 1;
    /** Intervals without a look after which one is overdue, tracks or not. */
    private static final double OVERDUE = 4;

    private static final double OVERDUE_TRACKED = 3;

    private final LookBudget budget;
    private boolean looked;
    private long lastLook;
    private double threshold = FLOOR;
    private double usualChange;

    /** @param budget may be shared with other cameras of the thread, if it counts calls per second */
    public AdaptiveCadence(LookBudget budget) {
        this.budget = budget;
    }

    /** Its budget, to be lowered by a directive. */
    public LookBudget budget() {
        return budget;
    }

    @Override
    public LookReason next(TrackedFrame frame, TrackSignals signals) {
        budget.onFrame(frame);
        LookReason reason = wish(frame.number(), signals);
        if (reason.looks() && !budget.allows()) {
            reason = LookReason.OVER_BUDGET;
        }
        double rate = rate();
        threshold = Math.max(FLOOR, threshold + LEARNING * ((reason.looks() ? 1 : 0) - rate));
        usualChange += USUAL_CHANGE_SHARE * (signals.change() - usualChange);
        if (reason.looks()) {
            budget.take();
            looked = true;
            lastLook = frame.number();
        }
        return reason;
    }

    /** The share of frames that the budget stands for; of one that counts time, a guess that only sets the scale. */
    private double rate() {
        return budget.isByTime() ? 0.25 : Math.max(0.01, budget.rate());
    }

    private LookReason wish(long frame, TrackSignals signals) {
        if (!looked) {
            return LookReason.FIRST;
        }
        if (signals.sceneChanged()) {
            return LookReason.SCENE_CHANGE;
        }
        double intervals = (frame - lastLook) * rate();
        if (intervals >= (signals.tracks() > 0 ? OVERDUE_TRACKED : OVERDUE)) {
            return LookReason.OVERDUE;
        }
        double activity = Math.min(1, CALM + signals.motion() / BUSY_MOTION);
        double time = signals.tracks() == 0
                ? 0
                : activity * intervals * Math.min(MAX_TIME, TIME + TIME_PER_TRACK * signals.tracks());
        double failures = FAILURES * signals.flowFailures();
        double motion = MOTION * signals.motion() * intervals;
        double uncertainty = activity * UNCERTAINTY * signals.uncertainty() * intervals;
        double sinceLook = Math.min(1, (frame - lastLook) / ENTRY_FRAMES);
        double entry = sinceLook * ENTRY * Math.max(0, signals.change() - usualChange);
        if (time + failures + motion + uncertainty + entry < threshold) {
            return LookReason.NOT_NEEDED;
        }
        if (entry >= Math.max(failures, Math.max(motion, uncertainty)) && entry > 0) {
            return LookReason.ENTRY;
        }
        if (failures >= Math.max(motion, uncertainty) && failures > 0) {
            return LookReason.FLOW_FAILED;
        }
        if (time >= threshold) {
            return LookReason.INTERVAL;
        }
        return motion >= uncertainty ? LookReason.MOTION : LookReason.UNCERTAIN;
    }

    @Override
    public void reset() {
        looked = false;
        lastLook = 0;
        threshold = FLOOR;
        usualChange = 0;
    }

    @Override
    public byte[] snapshot() {
        return ByteBuffer.allocate(BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .put((byte) (looked ? 1 : 0))
                .putLong(lastLook)
                .putDouble(threshold)
                .putDouble(usualChange)
                .put((byte) (budget.isByTime() ? 1 : 0))
                .putDouble(budget.rate())
                .putDouble(budget.calls())
                .putLong(budget.lastMicros())
                .array();
    }

    @Override
    public void restore(byte[] snapshot) {
        ByteBuffer in = ByteBuffer.wrap(snapshot);
        check(snapshot.length >= 8 && in.getInt() == MAGIC, "these " + snapshot.length + " bytes are none");
        int version = in.getInt();
        check(version == VERSION, "version " + version + " is unknown, this code reads version " + VERSION);
        check(snapshot.length == BYTES, snapshot.length + " bytes instead of " + BYTES);
        looked = in.get() == 1;
        lastLook = in.getLong();
        threshold = in.getDouble();
        usualChange = in.getDouble();
        boolean byTime = in.get() == 1;
        double rate = in.getDouble();
        double calls = in.getDouble();
        long lastMicros = in.getLong();
        // a shared bucket belongs to the subtask and not to one of its cameras; another kind of budget starts anew
        if (!byTime && !budget.isByTime()) {
            budget.restore(rate, calls, lastMicros);
        }
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("adaptive cadence's state: " + problem);
        }
    }
}
