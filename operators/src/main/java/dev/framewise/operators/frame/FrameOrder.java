package dev.framewise.operators.frame;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Puts the records of a camera in the order of their sequences before they are admitted. A record whose predecessor is missing
 * waits for it; what it waits for may be late by {@code lateness} of event time, after that the gap counts as one and the
 * records behind it go on. Records that come in order, as nearly all do, wait for nothing and touch nothing but the position.
 *
 * <p><b>Two clocks</b> end a wait. The camera's own, as soon as a later record of it is {@code lateness} younger: this depends on
 * the records alone, so a replay gives the same. And event time, by a timer, where the camera falls silent behind the gap.
 *
 * <p>At most {@value #MAX_WAITING} records and {@value #MAX_BYTES} bytes of a camera wait; the oldest then goes on at once. A new boot
 * epoch ends all waiting. Plain Java over {@link WaitingFrames}; one thread.
 */
public final class FrameOrder {
    /** Half as many as {@link FrameAdmission} remembers, so that what was let go is still told from what is new. */
    static final int MAX_WAITING = FrameAdmission.WINDOW / 2;

    static final long MAX_BYTES = 32L << 20;

    private final FrameAdmission admission;
    private final long latenessMicros;

    /** @param lateness event time that a missing record may be behind its successor; zero to wait for none */
    public FrameOrder(FrameAdmission admission, Duration lateness) {
        this.admission = admission;
        this.latenessMicros = lateness.toNanos() / 1_000;
    }

    /**
     * Takes in a record.
     *
     * @param position of its camera, changed in place
     * @param waiting records of its camera that wait
     * @param out gets what may go on now, in order
     */
    public void accept(FrameRecord record, CameraPosition position, WaitingFrames waiting, Consumer<FrameTask> out) {
        boolean usable = FrameAdmission.isUsable(record);
        if (usable && record.bootEpoch > position.bootEpoch) {
            while (position.waiting > 0) {
                release(position, waiting, out);
            }
            position.latestMicros = record.capturedAtMicros;
        }
        if (!usable || !waits(record, position)) {
            long before = position.highest;
            out.accept(admission.admit(record, position));
            if (position.waiting > 0 && position.highest > before) {
                follow(position, waiting, out);
            }
        } else if (waiting.contains(record.sequence)) {
            out.accept(admission.duplicate(record));
        } else {
            waiting.put(record);
            position.waiting++;
            position.waitingBytes += bytes(record);
        }
        if (usable && record.bootEpoch == position.bootEpoch) {
            position.latestMicros = Math.max(position.latestMicros, record.capturedAtMicros);
        }
        while (position.waiting > 0 && isOverdue(position, waiting)) {
            release(position, waiting, out);
        }
    }

    /**
     * Event time has gone on by {@code lateness} since the oldest record began to wait: it and what follows on it without a gap
     * go on.
     */
    public void expire(CameraPosition position, WaitingFrames waiting, Consumer<FrameTask> out) {
        if (position.waiting > 0) {
            release(position, waiting, out);
        }
    }

    private boolean waits(FrameRecord record, CameraPosition position) {
        return latenessMicros > 0
                && position.highest >= 0
                && record.bootEpoch == position.bootEpoch
                && record.sequence > position.highest + 1;
    }

    private boolean isOverdue(CameraPosition position, WaitingFrames waiting) {
        return position.waiting > MAX_WAITING
                || position.waitingBytes > MAX_BYTES
                || position.latestMicros - waiting.get(waiting.lowest()).capturedAtMicros >= latenessMicros;
    }

    private void release(CameraPosition position, WaitingFrames waiting, Consumer<FrameTask> out) {
        admitWaiting(waiting.lowest(), position, waiting, out);
        follow(position, waiting, out);
    }

    private void follow(CameraPosition position, WaitingFrames waiting, Consumer<FrameTask> out) {
        while (position.waiting > 0 && waiting.contains(position.highest + 1)) {
            admitWaiting(position.highest + 1, position, waiting, out);
        }
    }

    private void admitWaiting(long sequence, CameraPosition position, WaitingFrames waiting, Consumer<FrameTask> out) {
        FrameRecord record = waiting.remove(sequence);
        position.waiting--;
        position.waitingBytes -= bytes(record);
        out.accept(admission.admit(record, position));
    }

    private static long bytes(FrameRecord record) {
        return record.payload == null ? 0 : record.payload.length;
    }
}
