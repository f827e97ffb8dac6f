package dev.framewise.operators.frame;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sequences of one camera and boot epoch that have not come: gaps below {@code next}, and everything from there on. Plain Java,
 * one thread.
 */
final class EpochGaps {
    /** How far the epoch that is running has come is for the live lane to say. */
    static final long RUNNING = Long.MAX_VALUE;

    private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

    /** Sequences below may have been counted by nobody, or by a job before this one: each counts when it comes. */
    private final long countedFrom;

    /** The lowest sequence of which nothing is known. */
    private long next;

    /** Below, what is in no gap has come or was forgotten: nobody knows. */
    private long unsureBelow;

    EpochGaps(long countedFrom, long next) {
        this.countedFrom = countedFrom;
        this.next = next;
    }

    /** Sequences that have not come, both inclusive; none where the last is below the first. */
    void add(long first, long last) {
        if (first <= last) {
            lastByFirst.put(first, last);
        }
    }

    /** The epoch has ended for the live lane: what else there is of it, from this sequence on, lies on the gateway's disk. */
    void endAt(long sequence) {
        next = sequence;
    }

    /** What a sequence that has come means. */
    MissingFrames.Arrival take(long sequence) {
        if (sequence >= next) {
            long newlyCaptured = sequence < countedFrom ? 1 : sequence - next + 1;
            add(next, sequence - 1);
            next = sequence + 1;
            return MissingFrames.Arrival.missing(newlyCaptured);
        }
        Map.Entry<Long, Long> gap = lastByFirst.floorEntry(sequence);
        if (gap == null || gap.getValue() < sequence) {
            return sequence < unsureBelow ? MissingFrames.Arrival.FORGOTTEN : MissingFrames.Arrival.SEEN;
        }
        lastByFirst.remove(gap.getKey());
        add(gap.getKey(), sequence - 1);
        add(sequence + 1, gap.getValue());
        return MissingFrames.Arrival.missing(sequence < countedFrom ? 1 : 0);
    }

    /** Whether a sequence above is missing. */
    boolean hasAbove(long sequence) {
        return !lastByFirst.isEmpty() && lastByFirst.lastEntry().getValue() > sequence;
    }

    int gaps() {
        return lastByFirst.size();
    }

    void forgetLowest() {
        unsureBelow = lastByFirst.pollFirstEntry().getValue() + 1;
    }

    /** Nothing is known of the sequences below, but for those in gaps. */
    void forgetBelow(long sequence) {
        unsureBelow = Math.max(unsureBelow, sequence);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(countedFrom);
        out.writeLong(next);
        out.writeLong(unsureBelow);
        out.writeInt(lastByFirst.size());
        for (Map.Entry<Long, Long> gap : lastByFirst.entrySet()) {
            out.writeLong(gap.getKey());
            out.writeLong(gap.getValue());
        }
    }

    static EpochGaps read(DataInput in) throws IOException {
        EpochGaps gaps = new EpochGaps(/* countedFrom= */ in.readLong(), /* next= */ in.readLong());
        gaps.unsureBelow = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            gaps.lastByFirst.put(in.readLong(), in.readLong());
        }
        return gaps;
    }
}
