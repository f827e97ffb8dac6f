package dev.framewise.vision.track;

import java.util.Arrays;

/**
 * Chooses pairs of rows and columns, each used at most once, so that the sum of their weights is greatest.
 *
 * <p>Rows enter one by one; each finds the cheapest way to be placed, moving others aside, by Dijkstra's algorithm on
 * reduced costs (shortest augmenting paths: R. Jonker and A. Volgenant, "A Shortest Augmenting Path Algorithm for Dense and
 * Sparse Linear Assignment Problems", Computing 38, 1987). Cost is the negative weight; leaving a row out costs 0, which
 * stands for a column of its own. Only the pairs that were added exist, so gating makes the work smaller: a row whose best
 * column is free is placed by one look at its own pairs, the usual case in tracking.
 *
 * <p>Exact, deterministic (the order in which pairs are added breaks ties), reusable without allocation once it has grown;
 * not thread-safe.
 */
public final class Assignment {
    private int rows;
    private int columns;
    private int pairs;
    private int[] firstPair = new int[16];
    private int[] pairColumn = new int[64];
    private double[] pairWeight = new double[64];

    private int[] columnOfRow = new int[16];
    private double[] rowPotential = new double[16];
    private int[] rowOfColumn = new int[16];
    private double[] columnPotential = new double[16];

    private double[] distance = new double[16];
    private int[] cameFromRow = new int[16];
    private boolean[] settled = new boolean[16];
    private int[] reached = new int[16];
    private int reachedSize;

    /** Starts a new problem with no pairs. */
    public void begin(int rowCount, int columnCount) {
        rows = 0;
        pairs = 0;
        columns = columnCount;
        if (firstPair.length < rowCount + 1) {
            int capacity = 2 * (rowCount + 1);
            firstPair = new int[capacity];
            columnOfRow = new int[capacity];
            rowPotential = new double[capacity];
        }
        if (rowOfColumn.length < columnCount) {
            int capacity = 2 * columnCount;
            rowOfColumn = new int[capacity];
            columnPotential = new double[capacity];
            distance = new double[capacity];
            cameFromRow = new int[capacity];
            settled = new boolean[capacity];
            reached = new int[capacity];
        }
    }

    /** Starts the next row, from 0; its pairs follow. */
    public void beginRow() {
        firstPair[rows++] = pairs;
    }

    /**
     * Allows the current row to take a column. At most once per column and row.
     *
     * @param weight what the pair is worth, finite; a pair of weight 0 or less is never better than none and left out
     */
    public void addPair(int column, double weight) {
        if (weight <= 0) {
            return;
        }
        if (pairs == pairColumn.length) {
            pairColumn = Arrays.copyOf(pairColumn, 2 * pairs);
            pairWeight = Arrays.copyOf(pairWeight, 2 * pairs);
        }
        pairColumn[pairs] = column;
        pairWeight[pairs++] = weight;
    }

    /** Solves the problem as added since {@link #begin}. */
    public void solve() {
        firstPair[rows] = pairs;
        Arrays.fill(columnOfRow, 0, rows, -1);
        Arrays.fill(rowOfColumn, 0, columns, -1);
        Arrays.fill(columnPotential, 0, columns, 0);
        Arrays.fill(distance, 0, columns, Double.POSITIVE_INFINITY);
        Arrays.fill(settled, 0, columns, false);
        for (int row = 0; row < rows; row++) {
            if (firstPair[row] < firstPair[row + 1]) {
                place(row);
            }
        }
    }

    /** The column of a row, or -1. */
    public int columnOf(int row) {
        return columnOfRow[row];
    }

    /** The row of a column, or -1. */
    public int rowOf(int column) {
        return rowOfColumn[column];
    }

    private void place(int start) {
        rowPotential[start] = cheapest(start);
        reachedSize = 0;
        double leaveOutDistance = Double.POSITIVE_INFINITY;
        int leaveOutRow = -1;
        int row = start;
        double rowDistance = 0;
        int end;
        double total;
        while (true) {
            if (rowDistance - rowPotential[row] < leaveOutDistance) {
                leaveOutDistance = rowDistance - rowPotential[row];
                leaveOutRow = row;
            }
            reachFrom(row, rowDistance);
            int column = nearestUnsettled();
            if (column < 0 || distance[column] >= leaveOutDistance) {
                end = columnOfRow[leaveOutRow];
                columnOfRow[leaveOutRow] = -1;
                total = leaveOutDistance;
                break;
            }
            settled[column] = true;
            if (rowOfColumn[column] < 0) {
                end = column;
                total = distance[column];
                leaveOutRow = -1;
                break;
            }
            row = rowOfColumn[column];
            rowDistance = distance[column];
        }
        updatePotentials(start, total);
        if (leaveOutRow != start) {
            shiftAlong(end, start);
        }
        for (int i = 0; i < reachedSize; i++) {
            distance[reached[i]] = Double.POSITIVE_INFINITY;
            settled[reached[i]] = false;
        }
    }

    private double cheapest(int row) {
        double least = 0;
        for (int pair = firstPair[row]; pair < firstPair[row + 1]; pair++) {
            least = Math.min(least, -pairWeight[pair] - columnPotential[pairColumn[pair]]);
        }
        return least;
    }

    private void reachFrom(int row, double rowDistance) {
        for (int pair = firstPair[row]; pair < firstPair[row + 1]; pair++) {
            int column = pairColumn[pair];
            if (settled[column]) {
                continue;
            }
            double through = rowDistance - pairWeight[pair] - rowPotential[row] - columnPotential[column];
            if (through < distance[column]) {
                if (distance[column] == Double.POSITIVE_INFINITY) {
                    reached[reachedSize++] = column;
                }
                distance[column] = through;
                cameFromRow[column] = row;
            }
        }
    }

    private int nearestUnsettled() {
        int nearest = -1;
        for (int i = 0; i < reachedSize; i++) {
            int column = reached[i];
            if (!settled[column] && (nearest < 0 || distance[column] < distance[nearest])) {
                nearest = column;
            }
        }
        return nearest;
    }

    /** Keeps every reduced cost at zero or more, and at zero on the pairs that are taken. Before the rows are shifted. */
    private void updatePotentials(int start, double total) {
        rowPotential[start] += total;
        for (int i = 0; i < reachedSize; i++) {
            int column = reached[i];
            if (settled[column]) {
                double slack = total - distance[column];
                columnPotential[column] -= slack;
                if (rowOfColumn[column] >= 0) {
                    rowPotential[rowOfColumn[column]] += slack;
                }
            }
        }
    }

    private void shiftAlong(int end, int start) {
        int column = end;
        while (true) {
            int row = cameFromRow[column];
            int before = columnOfRow[row];
            columnOfRow[row] = column;
            rowOfColumn[column] = row;
            if (row == start) {
                return;
            }
            column = before;
        }
    }
}
