package dev.framewise.vision.eval;

import java.util.List;

/**
 * Higher order tracking accuracy: J. Luiten et al., "HOTA: A Higher Order Metric for Evaluating Multi-Object Tracking", IJCV
 * 2021. Each figure is computed at {@value #ALPHAS} overlap thresholds, 0.05 to 0.95, and averaged. Numbers agree with
 * TrackEval's.
 *
 * @param truePositives matched boxes per threshold
 * @param falseNegatives annotated boxes left over per threshold
 * @param falsePositives track boxes left over per threshold
 * @param association AssA per threshold: over the matched boxes, the mean of the Jaccard index of their two identities
 * @param localization LocA per threshold: the mean overlap of the matched boxes
 */
public record Hota(
        int[] truePositives, int[] falseNegatives, int[] falsePositives, double[] association, double[] localization) {
    private static final int ALPHAS = 19;

    /** Scores one sequence. */
    public static Hota of(Sequence sequence) {
        int[] truthBoxes = sequence.truthBoxes();
        int[] resultBoxes = sequence.resultBoxes();
        double[][] alignment = alignment(sequence);
        int[] truePositives = new int[ALPHAS];
        double[] overlap = new double[ALPHAS];
        int[][][] matches = new int[ALPHAS][truthBoxes.length][resultBoxes.length];
        int truthTotal = 0;
        int resultTotal = 0;
        Matching matching = new Matching();
        for (Sequence.Frame frame : sequence.frames()) {
            int[] truth = frame.truth();
            int[] result = frame.result();
            truthTotal += truth.length;
            resultTotal += result.length;
            double[][] scores = new double[truth.length][result.length];
            for (int t = 0; t < truth.length; t++) {
                for (int r = 0; r < result.length; r++) {
                    scores[t][r] = alignment[truth[t]][result[r]] * frame.similarity()[t][r];
                }
            }
            int[] columns = matching.columns(scores, result.length);
            for (int t = 0; t < truth.length; t++) {
                if (columns[t] < 0) {
                    continue;
                }
                double similarity = frame.similarity()[t][columns[t]];
                for (int a = 0; a < ALPHAS && similarity >= alpha(a) - Matching.EPSILON; a++) {
                    truePositives[a]++;
                    overlap[a] += similarity;
                    matches[a][truth[t]][result[columns[t]]]++;
                }
            }
        }
        return summarize(truePositives, overlap, matches, truthBoxes, resultBoxes, truthTotal, resultTotal);
    }

    /** All sequences as one: boxes are added up, AssA and LocA weighted with the matched boxes. */
    public static Hota combine(List<Hota> sequences) {
        int[] truePositives = new int[ALPHAS];
        int[] falseNegatives = new int[ALPHAS];
        int[] falsePositives = new int[ALPHAS];
        double[] association = new double[ALPHAS];
        double[] localization = new double[ALPHAS];
        for (int a = 0; a < ALPHAS; a++) {
            for (Hota sequence : sequences) {
                truePositives[a] += sequence.truePositives[a];
                falseNegatives[a] += sequence.falseNegatives[a];
                falsePositives[a] += sequence.falsePositives[a];
                association[a] += sequence.association[a] * sequence.truePositives[a];
                localization[a] += sequence.localization[a] * sequence.truePositives[a];
            }
            association[a] /= Math.max(1, truePositives[a]);
            localization[a] = truePositives[a] == 0 ? 1 : localization[a] / truePositives[a];
        }
        return new Hota(truePositives, falseNegatives, falsePositives, association, localization);
    }

    /** HOTA, 0 to 1: the geometric mean of DetA and AssA per threshold, averaged. */
    public double hota() {
        double sum = 0;
        for (int a = 0; a < ALPHAS; a++) {
            sum += Math.sqrt(detection(a) * association[a]);
        }
        return sum / ALPHAS;
    }

    /** DetA, 0 to 1. */
    public double detA() {
        double sum = 0;
        for (int a = 0; a < ALPHAS; a++) {
            sum += detection(a);
        }
        return sum / ALPHAS;
    }

    /** AssA, 0 to 1. */
    public double assA() {
        return mean(association);
    }

    /** LocA, 0 to 1; 1 where nothing matched. */
    public double locA() {
        return mean(localization);
    }

    private double detection(int a) {
        return truePositives[a] / Math.max(1.0, truePositives[a] + falseNegatives[a] + falsePositives[a]);
    }

    /** How well two identities fit over the whole sequence, before any one-to-one matching (the paper's section 5.2). */
    private static double[][] alignment(Sequence sequence) {
        int[] truthBoxes = sequence.truthBoxes();
        int[] resultBoxes = sequence.resultBoxes();
        double[][] alignment = new double[truthBoxes.length][resultBoxes.length];
        for (Sequence.Frame frame : sequence.frames()) {
            addSharesOf(frame, alignment);
        }
        for (int t = 0; t < truthBoxes.length; t++) {
            for (int r = 0; r < resultBoxes.length; r++) {
                alignment[t][r] /= truthBoxes[t] + resultBoxes[r] - alignment[t][r];
            }
        }
        return alignment;
    }

    private static void addSharesOf(Sequence.Frame frame, double[][] shares) {
        int[] truth = frame.truth();
        int[] result = frame.result();
        double[][] similarity = frame.similarity();
        double[] truthSum = new double[truth.length];
        double[] resultSum = new double[result.length];
        for (int t = 0; t < truth.length; t++) {
            for (int r = 0; r < result.length; r++) {
                truthSum[t] += similarity[t][r];
                resultSum[r] += similarity[t][r];
            }
        }
        for (int t = 0; t < truth.length; t++) {
            for (int r = 0; r < result.length; r++) {
                double union = truthSum[t] + resultSum[r] - similarity[t][r];
                if (union > Matching.EPSILON) {
                    shares[truth[t]][result[r]] += similarity[t][r] / union;
                }
            }
        }
    }

    private static Hota summarize(
            int[] truePositives,
            double[] overlap,
            int[][][] matches,
            int[] truthBoxes,
            int[] resultBoxes,
            int truthTotal,
            int resultTotal) {
        int[] falseNegatives = new int[ALPHAS];
        int[] falsePositives = new int[ALPHAS];
        double[] association = new double[ALPHAS];
        double[] localization = new double[ALPHAS];
        for (int a = 0; a < ALPHAS; a++) {
            falseNegatives[a] = truthTotal - truePositives[a];
            falsePositives[a] = resultTotal - truePositives[a];
            for (int t = 0; t < truthBoxes.length; t++) {
                for (int r = 0; r < resultBoxes.length; r++) {
                    double both = matches[a][t][r];
                    association[a] += both * both / Math.max(1, truthBoxes[t] + resultBoxes[r] - both);
                }
            }
            association[a] /= Math.max(1, truePositives[a]);
            localization[a] = truePositives[a] == 0 ? 1 : overlap[a] / truePositives[a];
        }
        return new Hota(truePositives, falseNegatives, falsePositives, association, localization);
    }

    private static double alpha(int a) {
        return 0.05 + a * 0.05;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
