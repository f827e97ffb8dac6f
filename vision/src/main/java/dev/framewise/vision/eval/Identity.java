package dev.framewise.vision.eval;

import java.util.Arrays;
import java.util.List;

/**
 * Identity metrics: E. Ristani et al., "Performance Measures and a Data Set for Multi-Target, Multi-Camera Tracking", ECCV
 * Workshops 2016, at an overlap of 0.5: whole identities are matched one to one so that the most boxes agree. Numbers agree
 * with TrackEval's.
 *
 * @param truePositives IDTP: boxes that agree
 * @param falseNegatives IDFN: annotated boxes left over
 * @param falsePositives IDFP: track boxes left over
 */
public record Identity(int truePositives, int falseNegatives, int falsePositives) {
    private static final double MIN_SIMILARITY = 0.5;

    /** Scores one sequence. */
    public static Identity of(Sequence sequence) {
        int[] truthBoxes = sequence.truthBoxes();
        int[] resultBoxes = sequence.resultBoxes();
        double[][] agreeing = new double[truthBoxes.length][resultBoxes.length];
        for (Sequence.Frame frame : sequence.frames()) {
            for (int t = 0; t < frame.truth().length; t++) {
                for (int r = 0; r < frame.result().length; r++) {
                    if (frame.similarity()[t][r] >= MIN_SIMILARITY) {
                        agreeing[frame.truth()[t]][frame.result()[r]]++;
                    }
                }
            }
        }
        int[] columns = new Matching().columns(agreeing, resultBoxes.length);
        int truePositives = 0;
        for (int t = 0; t < columns.length; t++) {
            truePositives += columns[t] < 0 ? 0 : (int) agreeing[t][columns[t]];
        }
        return new Identity(
                truePositives,
                Arrays.stream(truthBoxes).sum() - truePositives,
                Arrays.stream(resultBoxes).sum() - truePositives);
    }

    /** All sequences as one: counts are added up. */
    public static Identity combine(List<Identity> sequences) {
        return new Identity(
                sequences.stream().mapToInt(Identity::truePositives).sum(),
                sequences.stream().mapToInt(Identity::falseNegatives).sum(),
                sequences.stream().mapToInt(Identity::falsePositives).sum());
    }

    /** IDF1, 0 to 1. */
    public double idf1() {
        return truePositives / Math.max(1.0, truePositives + 0.5 * falsePositives + 0.5 * falseNegatives);
    }
}
