package dev.framewise.operators.frame;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Puts the records of a camera in the order of their sequences before they are admitted. A record whose predecessor is missing
 * waits for it; what it waits for may be late by {@code lateness} of event time, after that the gap counts as one and the
 * records behind it go on. Records that come in order, as nearly all do, wait for nothing and touch nothing but the position.
 *
 * <p><b>Two clocks</b> end a wait. The camera's own, as soon as a later record of it is {@code lateness} younger: this depends on
 * the records alone, so a replay gives the same. And event time, by a timer, where the camera falls silent behind the gap.
 *
 * <p>At most {@value #MAX_WAITING} records and {@value #MAX_BYTES} bytes of a camera wait; the oldest then goes on at once. A new boot
 * epoch ends all waiting. What waited on a gateway's disk waits no longer: it ends the gap before it, and what it overtook goes to the
 * {@link BacklogLane}. (It is old, so the timer would let it go whenever the next watermark comes, in each run at another place.) Plain Java
 * over {@link WaitingFrames}; one thread.
 */
public final class FrameOrder {
    /** Two seconds of a camera at 15 frames a second. */
    static final int MAX_WAITING = 32;

    static final long MAX_BYTES = 32L << 20;

    private final FrameAdmission admission;
    private final BacklogLane backlog;
    private final long latenessMicros;

    /**
     * @param lateness event time that a missing record may be behind its successor; zero to wait for none
     * @param silence of the camera's live frames after which its backlog lane ends if none came for it
     */
    public FrameOrder(FrameAdmission admission, Duration lateness, Duration silence) {
        this.admission = admission;
        this.backlog = new BacklogLane(silence);
        this.latenessMicros = lateness.toNanos() / 1_000;
    }

    /**
     * Takes in a record.
     *
     * @param position of its camera, changed in place
     * @param waiting records of its camera that wait
     * @param missing sequences of its camera that have not come, changed in place where they are asked for
     * @param out gets what may go on now, in the order of its lane
     */
    public void accept(
            FrameRecord record,
            CameraPosition position,
            WaitingFrames waiting,
            Supplier<MissingFrames> missing,
            Consumer<FrameTask> out) {
        boolean usable = FrameAdmission.isUsable(record);
        boolean behind = usable && FrameAdmission.isBehind(record, position);
        if (usable && record.bootEpoch > position.bootEpoch) {
            while (position.waiting > 0) {
                release(position, waiting, missing, out);
            }
            position.latestMicros = record.capturedAtMicros;
            BacklogLane.liveRebooted(position, record.capturedAtMicros);
        }
        boolean amongWaiting = usable && position.waiting > 0 && record.bootEpoch == position.bootEpoch;
        if (amongWaiting && waiting.contains(record.sequence)) {
            out.accept(admission.duplicate(record));
        } else if (usable && waits(record, position)) {
            waiting.put(record);
            position.waiting++;
            position.waitingBytes += bytes(record);
        } else {
            while (amongWaiting && position.waiting > 0 && waiting.lowest() < record.sequence) {
                release(position, waiting, missing, out);
            }
            long before = position.highest;
            out.accept(admission.admit(record, position, missing));
            if (position.waiting > 0 && position.highest > before) {
                follow(position, waiting, missing, out);
            }
        }
        if (usable && record.bootEpoch == position.bootEpoch) {
            position.latestMicros = Math.max(position.latestMicros, record.capturedAtMicros);
        }
        while (position.waiting > 0 && isOverdue(position, waiting)) {
            release(position, waiting, missing, out);
        }
        if (position.backlogOpen
                && usable
                && (backlog.isSilent(position) || (behind && BacklogLane.hasCaughtUp(position, missing.get())))) {
            out.accept(BacklogLane.end(record, position));
        }
    }

    /**
     * Event time has gone on by {@code lateness} since the oldest record began to wait: it and what follows on it without a gap
     * go on.
     */
    public void expire(
            CameraPosition position, WaitingFrames waiting, Supplier<MissingFrames> missing, Consumer<FrameTask> out) {
        if (position.waiting > 0) {
            release(position, waiting, missing, out);
        }
    }

    private boolean waits(FrameRecord record, CameraPosition position) {
        return latenessMicros > 0
                && !record.replayed
                && position.highest >= 0
                && record.bootEpoch == position.bootEpoch
                && record.sequence > position.highest + 1;
    }

    private boolean isOverdue(CameraPosition position, WaitingFrames waiting) {
        return position.waiting > MAX_WAITING
                || position.waitingBytes > MAX_BYTES
                || position.latestMicros - waiting.get(waiting.lowest()).capturedAtMicros >= latenessMicros;
    }

    private void release(
            CameraPosition position, WaitingFrames waiting, Supplier<MissingFrames> missing, Consumer<FrameTask> out) {
        admitWaiting(waiting.lowest(), position, waiting, missing, out);
        follow(position, waiting, missing, out);
    }

    private void follow(
            CameraPosition position, WaitingFrames waiting, Supplier<MissingFrames> missing, Consumer<FrameTask> out) {
        while (position.waiting > 0 && waiting.contains(position.highest + 1)) {
            admitWaiting(position.highest + 1, position, waiting, missing, out);
        }
    }

    private void admitWaiting(
            long sequence,
            CameraPosition position,
            WaitingFrames waiting,
            Supplier<MissingFrames> missing,
            Consumer<FrameTask> out) {
        FrameRecord record = waiting.remove(sequence);
        position.waiting--;
        position.waitingBytes -= bytes(record);
        out.accept(admission.admit(record, position, missing));
    }

    private static long bytes(FrameRecord record) {
        return record.payload == null ? 0 : record.payload.length;
    }
}
