package dev.framewise.vision.eval;

import java.util.Arrays;
import java.util.List;

/**
 * The CLEAR metrics: K. Bernardin and R. Stiefelhagen, "Evaluating Multiple Object Tracking Performance: The CLEAR MOT
 * Metrics", EURASIP JIVP 2008, at an overlap of 0.5. Numbers agree with TrackEval's.
 *
 * @param truePositives matched boxes
 * @param falseNegatives FN: annotated boxes left over
 * @param falsePositives FP: track boxes left over
 * @param identitySwitches IDSW: matches of an annotated identity with another track than at its match before
 * @param fragments Frag: times that an annotated identity is matched again after it was not
 */
public record Clear(int truePositives, int falseNegatives, int falsePositives, int identitySwitches, int fragments) {
    private static final double MIN_SIMILARITY = 0.5;

    /** More than any sum of similarities in a frame, so that keeping an identity comes before overlap. */
    private static final double KEEPS_IDENTITY = 1000;

    private static final int NONE = -1;

    /** Scores one sequence. */
    public static Clear of(Sequence sequence) {
        int truthIds = sequence.truthBoxes().length;
        int[] lastMatch = filled(truthIds);
        int[] matchInFrameBefore = filled(truthIds);
        int[] timesPickedUp = new int[truthIds];
        int truePositives = 0;
        int falseNegatives = 0;
        int falsePositives = 0;
        int identitySwitches = 0;
        Matching matching = new Matching();
        for (Sequence.Frame frame : sequence.frames()) {
            int[] truth = frame.truth();
            int[] result = frame.result();
            int matched = 0;
            // a frame that is empty on either side leaves the memory of the frame before as it is, like TrackEval
            if (truth.length > 0 && result.length > 0) {
                int[] columns = matching.columns(scores(frame, matchInFrameBefore), result.length);
                int[] matchInFrame = filled(truthIds);
                for (int t = 0; t < truth.length; t++) {
                    if (columns[t] < 0) {
                        continue;
                    }
                    matched++;
                    int id = truth[t];
                    int track = result[columns[t]];
                    if (lastMatch[id] != NONE && lastMatch[id] != track) {
                        identitySwitches++;
                    }
                    if (matchInFrameBefore[id] == NONE) {
                        timesPickedUp[id]++;
                    }
                    lastMatch[id] = track;
                    matchInFrame[id] = track;
                }
                matchInFrameBefore = matchInFrame;
            }
            truePositives += matched;
            falseNegatives += truth.length - matched;
            falsePositives += result.length - matched;
        }
        int fragments = Arrays.stream(timesPickedUp)
                .map(times -> Math.max(0, times - 1))
                .sum();
        return new Clear(truePositives, falseNegatives, falsePositives, identitySwitches, fragments);
    }

    /** All sequences as one: counts are added up. */
    public static Clear combine(List<Clear> sequences) {
        return new Clear(
                sequences.stream().mapToInt(Clear::truePositives).sum(),
                sequences.stream().mapToInt(Clear::falseNegatives).sum(),
                sequences.stream().mapToInt(Clear::falsePositives).sum(),
                sequences.stream().mapToInt(Clear::identitySwitches).sum(),
                sequences.stream().mapToInt(Clear::fragments).sum());
    }

    /** MOTA, at most 1, below 0 where there are more errors than annotated boxes. */
    public double mota() {
        return (truePositives - falsePositives - identitySwitches) / Math.max(1.0, truthBoxes());
    }

    /** Annotated boxes. */
    public int truthBoxes() {
        return truePositives + falseNegatives;
    }

    private static double[][] scores(Sequence.Frame frame, int[] matchInFrameBefore) {
        double[][] scores = new double[frame.truth().length][frame.result().length];
        for (int t = 0; t < scores.length; t++) {
            for (int r = 0; r < scores[t].length; r++) {
                double similarity = frame.similarity()[t][r];
                if (similarity >= MIN_SIMILARITY - Matching.EPSILON) {
                    boolean keeps = matchInFrameBefore[frame.truth()[t]] == frame.result()[r];
                    scores[t][r] = similarity + (keeps ? KEEPS_IDENTITY : 0);
                }
            }
        }
        return scores;
    }

    private static int[] filled(int size) {
        int[] values = new int[size];
        Arrays.fill(values, NONE);
        return values;
    }
}
