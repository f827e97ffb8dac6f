package dev.framewise.operators.frame;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import java.util.function.Supplier;

/**
 * Decides what becomes of each record of a camera: duplicate, late, dead letter, throttled at the gateway, or open, and in
 * which lane. Plain Java, knows nothing of Flink.
 *
 * <p><b>Order</b> is the sequence number's, not the clock's: a capture time that jumps backwards between two consecutive
 * sequences is a clock error and the frame is used. A higher boot epoch starts over. A record of an earlier epoch, or of a sequence at or
 * below the highest, is <em>behind</em>: a <em>duplicate</em> if its sequence has come, else one that was missing
 * ({@link MissingFrames}). That one goes to the {@link BacklogLane} if it waited on the gateway's disk, and is <em>late</em> otherwise.
 */
public final class FrameAdmission {
    /** Sequences that were remembered behind the highest, before {@link MissingFrames}. */
    static final int WINDOW = 64;

    /** Characters of a device's or a camera's name; names are keys, labels and state. */
    static final int MAX_NAME = 255;

    /**
     * Admits one record and moves the camera's position.
     *
     * @param position of this record's camera, changed in place; a new object for a camera never seen
     * @param missing of this camera, changed in place where it is asked for
     */
    public FrameTask admit(FrameRecord record, CameraPosition position, Supplier<MissingFrames> missing) {
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
        boolean behind = isBehind(record, position);
        task.fate = behind ? known(task, position, missing.get()) : ahead(task, position, missing);
        if (task.fate == null) {
            check(task);
        }
        if (task.fate == null && behind && !BacklogLane.enters(task, position)) {
            task.fate = Fate.LATE;
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

    /** Whether the camera's live frames have gone past a usable record. */
    static boolean isBehind(FrameRecord record, CameraPosition position) {
        return position.highest >= 0
                && (record.bootEpoch < position.bootEpoch
                        || (record.bootEpoch == position.bootEpoch && record.sequence <= position.highest));
    }

    /** DUPLICATE, LATE, or null for what was missing and waited on the gateway's disk. */
    private static Fate known(FrameTask task, CameraPosition position, MissingFrames missing) {
        FrameRecord record = task.record;
        MissingFrames.Arrival arrival = missing.take(record.bootEpoch, record.sequence, position.bootEpoch);
        task.newlyCaptured = arrival.newlyCaptured();
        return switch (arrival.known()) {
            case SEEN -> Fate.DUPLICATE;
            case FORGOTTEN -> Fate.LATE;
            case MISSING -> record.replayed ? null : Fate.LATE;
        };
    }

    /** Null; the position moves on. */
    private static Fate ahead(FrameTask task, CameraPosition position, Supplier<MissingFrames> missing) {
        FrameRecord record = task.record;
        if (position.highest < 0) {
            // A job that joins in the middle does not know what was before; a reboot that it sees counts from 0.
            task.newlyCaptured = 1;
            missing.get().begin(record.bootEpoch, record.sequence);
        } else if (record.bootEpoch > position.bootEpoch) {
            task.newlyCaptured = record.sequence + 1;
            task.rebooted = true;
            missing.get().rebooted(position.bootEpoch, position.highest, record.bootEpoch, record.sequence);
        } else {
            task.newlyCaptured = record.sequence - position.highest;
            if (task.newlyCaptured > 1) {
                missing.get().jumped(record.bootEpoch, position.highest + 1, record.sequence - 1);
            }
        }
        position.bootEpoch = record.bootEpoch;
        position.highest = record.sequence;
        return null;
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
