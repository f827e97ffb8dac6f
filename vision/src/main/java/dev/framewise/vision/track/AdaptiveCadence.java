package dev.framewise.vision.track;

import java.nio.ByteBuffer;

/**
 * Lets the stream choose when the detector looks: every frame has an urge, of the time since the last look, of how much is at
 * stake (tracks, and how fast they are), of tracks that pixels lost or whose place is uncertain, and of something that moves where no track
 * is.
 *
 * <p><b>Regular</b> looks stand as far apart as the budget says, one of three frames for a third, and are made where the urge is there. In a
 * scene where several tracks move it always is: such a scene gets exactly the fixed pattern, for no frame in it is worth more than
 * another. A short lull changes nothing. Where less is at stake for longer, looks are left out, up to a few intervals, and that saves calls.
 *
 * <p><b>Early</b> looks come between the regular ones, where the urge is there, and spend what was saved: never the call that the next
 * regular look needs. They do not move the regular ones.
 *
 * <p><b>Directives</b> make the budget smaller ({@link #limit}): of a share of the frames they leave less, and where the budget is by time,
 * which cameras of several boards may share, the looks of the camera in question are kept apart.
 *
 * <p>What came of it is drawn by {@code ./framewise eval --interval 1,2,3,5,adaptive --budget 0.1,0.2,0.333}; why, in
 * docs/decisions/0032-adaptive-never-below-fixed.md. Deterministic, unless the budget is shared. Not thread-safe.
 */
public final class AdaptiveCadence implements Cadence {
    private static final int MAGIC = 0x46574143; // "FWAC"
    private static final int VERSION = 2;
    private static final int BYTES = 4 + 4 + 1 + 8 + 8 + 8 + 8 + 1 + 8 + 8 + 8;
    private static final int BYTES_OF_1 = 4 + 4 + 1 + 8 + 8 + 8 + 1 + 8 + 8 + 8;
    private static final long NEVER = Long.MIN_VALUE;

    /** An urge from here on asks for a look. */
    private static final double ENOUGH = 1;

    /** What is at stake with one track; with two it is all that a regular look is worth, with many it is worth more. */
    private static final double STAKE_OF_ONE = 0.5;

    private static final int MANY_TRACKS = 4;
    private static final double STAKE_PER_TRACK = 0.15;
    private static final double MAX_STAKE = 1.5;

    /** Motion from which on tracks count whole, box heights per frame; standing ones count as much as this. */
    private static final double BUSY_MOTION = 0.02;

    private static final double CALM = 0.1;

    /** Intervals for which a scene counts as busy after it was. */
    private static final int LULL_INTERVALS = 4;

    private static final double FAILURES = 0.3;
    private static final double MOTION = 1;
    private static final double UNCERTAINTY = 2;
    private static final double ENTRY = 1.5;
    private static final double ENTRY_FRAMES = 2;
    private static final double USUAL_CHANGE_SHARE = 1 / 64.0;

    /** Intervals without a look after which one is overdue, tracks or not. */
    private static final double OVERDUE = 4;

    private static final double OVERDUE_TRACKED = 3;

    /** An early look leaves the call of the next regular one in the budget. */
    private static final double SAVED_CALLS = 2;

    /** Frames between regular looks where the budget counts time and does not say how many there are. */
    private static final long GAP_BY_TIME = 4;

    private static final long MOST_GAP = 100;

    private final LookBudget budget;
    private boolean looked;
    private long lastLook;
    private long nextRegular;
    private long busyUntil = NEVER;
    private double usualChange;
    private int directedInterval = 1;

    /** @param budget may be shared with other cameras of the thread, if it counts calls per second */
    public AdaptiveCadence(LookBudget budget) {
        this.budget = budget;
    }

    /** Its budget. */
    public LookBudget budget() {
        return budget;
    }

    @Override
    public void limit(int interval) {
        directedInterval = interval;
        if (!budget.isByTime()) {
            budget.limit(1.0 / interval);
        }
    }

    @Override
    public LookReason next(TrackedFrame frame, TrackSignals signals) {
        budget.onFrame(frame);
        LookReason reason = wish(frame.number(), signals);
        if (reason.looks() && !(budget.allows() && isFarEnough(frame.number()))) {
            // a regular look that is refused stays due
            reason = LookReason.OVER_BUDGET;
        } else {
            goOnFrom(frame.number());
        }
        usualChange += USUAL_CHANGE_SHARE * (signals.change() - usualChange);
        if (reason.looks()) {
            budget.take();
            looked = true;
            lastLook = frame.number();
        }
        return reason;
    }

    /** Where a directive cannot make the budget smaller, it keeps looks apart. */
    private boolean isFarEnough(long frame) {
        return !looked || !budget.isByTime() || frame - lastLook >= directedInterval;
    }

    private void goOnFrom(long frame) {
        long gap = regularGap();
        if (!looked) {
            nextRegular = frame + gap;
        } else if (frame >= nextRegular) {
            nextRegular += gap * ((frame - nextRegular) / gap + 1);
        }
    }

    private long regularGap() {
        if (budget.isByTime()) {
            return Math.max(GAP_BY_TIME, directedInterval);
        }
        // a third is a little less than a third
        return Math.max(1, Math.min(MOST_GAP, (long) Math.floor(1 / budget.rateInForce() + 1e-6)));
    }

    private LookReason wish(long frame, TrackSignals signals) {
        if (!looked) {
            return LookReason.FIRST;
        }
        if (signals.sceneChanged()) {
            return LookReason.SCENE_CHANGE;
        }
        double intervals = (frame - lastLook) / (double) regularGap();
        if (intervals >= (signals.tracks() > 0 ? OVERDUE_TRACKED : OVERDUE)) {
            return LookReason.OVERDUE;
        }
        double activity = Math.min(1, CALM + signals.motion() / BUSY_MOTION);
        double time = stake(frame, activity, signals.tracks()) * intervals;
        double failures = FAILURES * signals.flowFailures();
        double motion = MOTION * signals.motion() * intervals;
        double uncertainty = activity * UNCERTAINTY * signals.uncertainty() * intervals;
        double sinceLook = Math.min(1, (frame - lastLook) / ENTRY_FRAMES);
        double entry = sinceLook * ENTRY * Math.max(0, signals.change() - usualChange);
        if (time + failures + motion + uncertainty + entry < ENOUGH
                || (frame < nextRegular && budget.calls() < SAVED_CALLS)) {
            return LookReason.NOT_NEEDED;
        }
        if (time >= ENOUGH) {
            return LookReason.INTERVAL;
        }
        if (entry >= Math.max(failures, Math.max(motion, uncertainty)) && entry > 0) {
            return LookReason.ENTRY;
        }
        if (failures >= Math.max(motion, uncertainty) && failures > 0) {
            return LookReason.FLOW_FAILED;
        }
        return motion >= uncertainty ? LookReason.MOTION : LookReason.UNCERTAIN;
    }

    private double stake(long frame, double activity, int tracks) {
        double stake = 0;
        if (tracks > 0) {
            stake = tracks == 1
                    ? STAKE_OF_ONE
                    : Math.min(MAX_STAKE, 1 + STAKE_PER_TRACK * Math.max(0, tracks - MANY_TRACKS));
        }
        stake *= activity;
        if (stake >= 1) {
            busyUntil = frame + LULL_INTERVALS * regularGap();
        }
        return frame <= busyUntil ? Math.max(1, stake) : stake;
    }

    @Override
    public void reset() {
        looked = false;
        lastLook = 0;
        nextRegular = 0;
        busyUntil = NEVER;
        usualChange = 0;
    }

    @Override
    public byte[] snapshot() {
        return ByteBuffer.allocate(BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .put((byte) (looked ? 1 : 0))
                .putLong(lastLook)
                .putLong(nextRegular)
                .putLong(busyUntil)
                .putDouble(usualChange)
                .put((byte) (budget.isByTime() ? 1 : 0))
                .putDouble(budget.rate())
                .putDouble(budget.calls())
                .putLong(budget.last())
                .array();
    }

    /** Reads version 1, too, whose looks were not regular: the next one is then an interval after the last. */
    @Override
    public void restore(byte[] snapshot) {
        ByteBuffer in = ByteBuffer.wrap(snapshot);
        check(snapshot.length >= 8 && in.getInt() == MAGIC, "these " + snapshot.length + " bytes are none");
        int version = in.getInt();
        check(
                version == 1 || version == VERSION,
                "version " + version + " is unknown, this code reads versions 1 to " + VERSION);
        int length = version == 1 ? BYTES_OF_1 : BYTES;
        check(snapshot.length == length, snapshot.length + " bytes instead of " + length);
        looked = in.get() == 1;
        lastLook = in.getLong();
        if (version == 1) {
            double threshold = in.getDouble();
            check(threshold >= 0, "a threshold of " + threshold);
            busyUntil = NEVER;
        } else {
            nextRegular = in.getLong();
            busyUntil = in.getLong();
        }
        usualChange = in.getDouble();
        boolean byTime = in.get() == 1;
        double rate = in.getDouble();
        double calls = in.getDouble();
        long last = in.getLong();
        // a shared bucket belongs to the subtask and not to one of its cameras; another kind of budget starts anew
        if (!byTime && !budget.isByTime()) {
            budget.restore(rate, calls, last);
        }
        if (version == 1) {
            nextRegular = lastLook + regularGap();
        }
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("adaptive cadence's state: " + problem);
        }
    }
}
