package dev.framewise.operators.frame;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sequences of one camera have not come, per boot epoch, as intervals: what live frames jumped over, the end of an epoch that
 * another followed, and whole epochs that were never seen live. So a record that comes behind the live ones is known for what it is: one
 * that is missing, which it then is no more, or a second one of a sequence that has come.
 *
 * <p><b>Counting.</b> A sequence counts as captured once, when it is known to exist: when the live lane jumps over it, when a later one of
 * an ended epoch comes, or, of what was before this job saw the camera for the first time, when it comes itself.
 *
 * <p><b>Bounds.</b> At most {@value #MAX_GAPS} intervals in {@value #MAX_EPOCHS} epochs, some 70 KB; then the oldest is forgotten, and what
 * comes of it is late. Plain Java, one thread.
 */
public final class MissingFrames {
    /** A backlog of which every third frame was evicted, over ten minutes at 15 frames a second, makes 3,000 intervals. */
    static final int MAX_GAPS = 4_096;

    /** Two months of a board that is switched off every night. */
    static final int MAX_EPOCHS = 64;

    private final TreeMap<Long, EpochGaps> epochs = new TreeMap<>();

    /** The epoch in which this job saw the camera first. */
    private long sinceEpoch;

    /** Up to this epoch, what is not in {@link #epochs} was forgotten. */
    private long forgottenEpoch = Long.MIN_VALUE;

    /** What is known of a sequence that has come behind the live ones. */
    enum Known {
        /** It was missing. */
        MISSING,
        /** It has come before. */
        SEEN,
        /** Nobody knows: it was too long ago. */
        FORGOTTEN
    }

    /**
     * What a record that comes behind the live ones means.
     *
     * @param newlyCaptured by how many the camera's known sequence numbers grow
     */
    record Arrival(Known known, long newlyCaptured) {
        static final Arrival SEEN = new Arrival(Known.SEEN, 0);
        static final Arrival FORGOTTEN = new Arrival(Known.FORGOTTEN, 0);

        static Arrival missing(long newlyCaptured) {
            return new Arrival(Known.MISSING, newlyCaptured);
        }
    }

    /** Of a camera whose position was kept by a job that knew only its last 64 sequences: older ones, and older epochs, are forgotten. */
    static MissingFrames ofWindow(CameraPosition position) {
        MissingFrames missing = new MissingFrames();
        missing.sinceEpoch = position.bootEpoch;
        missing.forgottenEpoch = position.bootEpoch - 1;
        EpochGaps gaps = missing.running(position.bootEpoch);
        long lowest = Math.max(0, position.highest - (FrameAdmission.WINDOW - 1));
        gaps.forgetBelow(lowest);
        for (long sequence = lowest; sequence < position.highest; sequence++) {
            if ((position.seen >>> (position.highest - sequence) & 1) == 0) {
                gaps.add(sequence, sequence);
            }
        }
        return missing;
    }

    /** The first record of the camera that this job sees. What was before may have come while another job counted. */
    void begin(long epoch, long sequence) {
        sinceEpoch = epoch;
        EpochGaps gaps = new EpochGaps(/* countedFrom= */ sequence, EpochGaps.RUNNING);
        gaps.add(0, sequence - 1);
        put(epoch, gaps);
    }

    /** The live lane has jumped over sequences of its epoch, both inclusive. */
    void jumped(long epoch, long first, long last) {
        running(epoch).add(first, last);
        bound();
    }

    /**
     * A new epoch has begun in the live lane.
     *
     * @param before the one it follows
     * @param highest sequence of that one that was seen live
     * @param sequence the first that was seen of the new one
     */
    void rebooted(long before, long highest, long epoch, long sequence) {
        running(before).endAt(highest + 1);
        if (sequence > 0) {
            jumped(epoch, 0, sequence - 1);
        }
        bound();
    }

    /**
     * A record has come behind the live ones.
     *
     * @param runningEpoch that of the live lane
     */
    Arrival take(long epoch, long sequence, long runningEpoch) {
        EpochGaps gaps = epochs.get(epoch);
        if (gaps == null) {
            if (epoch <= forgottenEpoch) {
                return Arrival.FORGOTTEN;
            }
            boolean counted = epoch >= sinceEpoch;
            gaps = new EpochGaps(
                    /* countedFrom= */ counted ? 0 : Long.MAX_VALUE,
                    /* next= */ epoch == runningEpoch ? EpochGaps.RUNNING : 0);
            put(epoch, gaps);
        }
        Arrival arrival = gaps.take(sequence);
        bound();
        return arrival;
    }

    /** Whether a later sequence of an epoch has not come; of one that has ended, only what is known to exist. */
    boolean hasAbove(long epoch, long sequence) {
        EpochGaps gaps = epochs.get(epoch);
        return gaps != null && gaps.hasAbove(sequence);
    }

    private EpochGaps running(long epoch) {
        return epochs.computeIfAbsent(epoch, key -> new EpochGaps(/* countedFrom= */ 0, EpochGaps.RUNNING));
    }

    private void put(long epoch, EpochGaps gaps) {
        epochs.put(epoch, gaps);
    }

    private void bound() {
        while (epochs.size() > MAX_EPOCHS) {
            forgottenEpoch = Math.max(forgottenEpoch, epochs.pollFirstEntry().getKey());
        }
        int gaps = 0;
        for (EpochGaps epoch : epochs.values()) {
            gaps += epoch.gaps();
        }
        for (; gaps > MAX_GAPS; gaps--) {
            for (EpochGaps epoch : epochs.values()) {
                if (epoch.gaps() > 0) {
                    epoch.forgetLowest();
                    break;
                }
            }
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(sinceEpoch);
        out.writeLong(forgottenEpoch);
        out.writeInt(epochs.size());
        for (Map.Entry<Long, EpochGaps> epoch : epochs.entrySet()) {
            out.writeLong(epoch.getKey());
            epoch.getValue().write(out);
        }
    }

    static MissingFrames read(DataInput in) throws IOException {
        MissingFrames missing = new MissingFrames();
        missing.sinceEpoch = in.readLong();
        missing.forgottenEpoch = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            missing.epochs.put(in.readLong(), EpochGaps.read(in));
        }
        return missing;
    }
}
