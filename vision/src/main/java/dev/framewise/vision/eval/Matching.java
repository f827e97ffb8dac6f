package dev.framewise.vision.eval;

import dev.framewise.vision.track.Assignment;

/** The best one-to-one matching of a dense matrix of scores, 0 or more; pairs of score 0 are never matched. */
final class Matching {
    /** Below this a score counts as none: the rounding error of TrackEval's comparisons. */
    static final double EPSILON = Math.ulp(1.0);

    private final Assignment assignment = new Assignment();

    /** The column of each row, or -1. */
    int[] columns(double[][] scores, int columnCount) {
        assignment.begin(scores.length, columnCount);
        for (double[] row : scores) {
            assignment.beginRow();
            for (int column = 0; column < columnCount; column++) {
                assignment.addPair(column, row[column]);
            }
        }
        assignment.solve();
        int[] columns = new int[scores.length];
        for (int row = 0; row < columns.length; row++) {
            columns[row] = assignment.columnOf(row);
        }
        return columns;
    }
}
