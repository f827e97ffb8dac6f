package dev.framewise.vision.model;

/**
 * What one subtask has learned of a release since it last said so. Sums, so that reports of all subtasks can be added up.
 * Public fields and an empty constructor: it travels through Flink as a POJO.
 */
public class Evidence {
    /** Model id; what reports are gathered by. */
    public String model;

    /** The release it is about, as bytes of the record. */
    public byte[] release;

    /** The accepted release it is compared with, as bytes of the record; null for the model the job started with. */
    public byte[] inForce;

    /** Index of the subtask, from 0. */
    public int subtask;

    /** Number of subtasks. */
    public int parallelism;

    /** Share of the cameras that saw it live while this was learned, 0 to 1. */
    public double share;

    /** Whether the subtask has it loaded and warm. */
    public boolean loaded;

    /** Why it cannot be used, a {@link RefusedReleaseException.Problem}; null where it can. */
    public String problem;

    /** The same for people. */
    public String reason;

    /** Frames that both versions looked at. */
    public long frames;

    /** Boxes of the version in force in them. */
    public long oldBoxes;

    /** Boxes of the release in them. */
    public long newBoxes;

    /** Pairs of boxes that agree. */
    public long matched;

    /** Sum of the absolute differences of the scores in those pairs. */
    public double driftSum;

    /** Time of the network of the version in force, nanoseconds, summed over the frames. */
    public long oldNanos;

    /** The same of the release. */
    public long newNanos;

    /** Runs of the release that failed. */
    public long errors;

    /** Time for which the subtask has tried it, loading included, nanoseconds. */
    public long trialNanos;

    /** Adds the sums of another report. */
    public void add(Evidence other) {
        frames += other.frames;
        oldBoxes += other.oldBoxes;
        newBoxes += other.newBoxes;
        matched += other.matched;
        driftSum += other.driftSum;
        oldNanos += other.oldNanos;
        newNanos += other.newNanos;
        errors += other.errors;
        trialNanos += other.trialNanos;
    }

    /** Sets all sums to zero. */
    void clear() {
        frames = 0;
        oldBoxes = 0;
        newBoxes = 0;
        matched = 0;
        driftSum = 0;
        oldNanos = 0;
        newNanos = 0;
        errors = 0;
        trialNanos = 0;
    }

    /** F1 of the two sets of boxes, 0 to 1; 1 where neither has any. */
    public double agreement() {
        long boxes = oldBoxes + newBoxes;
        return boxes == 0 ? 1 : 2.0 * matched / boxes;
    }

    /** Mean absolute difference of the scores of matched boxes. */
    public double scoreDrift() {
        return matched == 0 ? 0 : driftSum / matched;
    }

    /** Time of the release over that of the version in force; 1 where nothing was timed. */
    public double timeRatio() {
        return oldNanos == 0 ? 1 : (double) newNanos / oldNanos;
    }
}
