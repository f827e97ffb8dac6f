package dev.framewise.operators.frame;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;

/**
 * Decides what becomes of each record of a camera: duplicate, late, dead letter, throttled at the gateway, or open. Plain
 * Java, knows nothing of Flink.
 *
 * <p><b>Order</b> is the sequence number's, not the clock's: a capture time that jumps backwards between two consecutive
 * sequences is a clock error and the frame is used. A sequence at or below the highest is a <em>duplicate</em> if it was
 * seen (the last 64 are remembered) and <em>late</em> otherwise. A higher boot epoch starts over; a lower one is late.
 */
public final class FrameAdmission {
    /** Sequences remembered behind the highest. */
    static final int WINDOW = 64;

    /** Characters of a device's or a camera's name; names are keys, labels and state. */
    static final int MAX_NAME = 255;

    /**
     * Admits one record and moves the camera's position.
     *
     * @param position of this record's camera, changed in place; a new object for a camera never seen
     */
    public FrameTask admit(FrameRecord record, CameraPosition position) {
        FrameTask task = new FrameTask();
        task.record = record;
        if (!record.readable()) {
            task.deadLetter(record.problem, record.reason);
            return task;
        }
        if (!isNamed(record)) {
            task.deadLetter("BAD_NAME", "names of devices and cameras have 1 to " + MAX_NAME + " characters");
            return task;
        }
        if (record.sequence < 0) {
            task.deadLetter("BAD_SEQUENCE", "sequence " + record.sequence + " is negative; sequences start at 0");
            return task;
        }
        task.fate = place(record, position, task);
        if (task.fate == null) {
            check(task);
        }
        return task;
    }

    /** A record of a sequence that is known to have come before. */
    FrameTask duplicate(FrameRecord record) {
        FrameTask task = new FrameTask();
        task.record = record;
        task.fate = Fate.DUPLICATE;
        return task;
    }

    /** Whether a record has a place in its camera's order; else it is a dead letter whenever it comes. */
    static boolean isUsable(FrameRecord record) {
        return record.readable() && isNamed(record) && record.sequence >= 0;
    }

    private static boolean isNamed(FrameRecord record) {
        return !record.device.isEmpty() && record.device.length() <= MAX_NAME && record.camera.length() <= MAX_NAME;
    }

    /** DUPLICATE, LATE, or null for a new sequence; then the position has moved on. */
    private static Fate place(FrameRecord record, CameraPosition position, FrameTask task) {
        boolean first = position.highest < 0;
        if (!first && record.bootEpoch < position.bootEpoch) {
            return Fate.LATE;
        }
        if (first || record.bootEpoch > position.bootEpoch) {
            // A job that joins in the middle does not know what was before; a reboot that it sees counts from 0.
            task.newlyCaptured = first ? 1 : record.sequence + 1;
            position.bootEpoch = record.bootEpoch;
            position.highest = record.sequence;
            position.seen = 1;
            task.rebooted = !first;
            return null;
        }
        long ahead = record.sequence - position.highest;
        if (ahead > 0) {
            task.newlyCaptured = ahead;
            position.seen = ahead >= WINDOW ? 1 : position.seen << ahead | 1;
            position.highest = record.sequence;
            return null;
        }
        if (-ahead >= WINDOW) {
            return Fate.LATE;
        }
        long bit = 1L << -ahead;
        if ((position.seen & bit) != 0) {
            return Fate.DUPLICATE;
        }
        position.seen |= bit;
        return Fate.LATE;
    }

    private static void check(FrameTask task) {
        FrameRecord record = task.record;
        if (record.disposition == Disposition.THROTTLED) {
            task.fate = Fate.THROTTLED;
        } else if (record.disposition == Disposition.EVICTED) {
            task.fate = Fate.EVICTED;
        } else if (record.width <= 0 || record.height <= 0) {
            task.deadLetter("ZERO_SIZE", "the frame says it is " + record.width + "x" + record.height + " pixels");
        } else if (record.disposition == Disposition.SENT) {
            checkSent(task);
        }
    }

    private static void checkSent(FrameTask task) {
        FrameRecord record = task.record;
        if (!record.codec.equals("jpeg")) {
            task.deadLetter("UNKNOWN_CODEC", "codec '" + record.codec + "' is not known here; send 'jpeg'");
        } else if (record.payload == null) {
            task.deadLetter("MISSING_PAYLOAD", "the gateway says SENT but there is no picture");
        }
    }
}
