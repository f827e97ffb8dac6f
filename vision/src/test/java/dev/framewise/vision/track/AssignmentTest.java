package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class AssignmentTest {
    /** Used again and again, so that what one problem leaves behind would spoil the next. */
    private final Assignment assignment = new Assignment();

    @Property(tries = 2000)
    void isAsGoodAsTheBestOfAll(
            @ForAll long seed,
            @ForAll @IntRange(max = 7) int rows,
            @ForAll @IntRange(max = 7) int columns,
            @ForAll @DoubleRange(min = 0, max = 1) double density) {
        Random random = new Random(seed);
        double[][] first = weights(random, rows, columns, density);
        double[][] second = weights(random, columns, rows, density);
        assertThat(solve(first, columns)).isCloseTo(best(first, columns, 0, 0), within(1e-9));
        assertThat(solve(second, rows)).isCloseTo(best(second, rows, 0, 0), within(1e-9));
    }

    /** Equal weights everywhere: many best answers, and every row or every column must find a partner. */
    @Property(tries = 100)
    void tiesLeaveNobodyOut(@ForAll @IntRange(max = 40) int rows, @ForAll @IntRange(max = 40) int columns) {
        double[][] weights = new double[rows][columns];
        for (double[] row : weights) {
            Arrays.fill(row, 0.5);
        }
        assertThat(solve(weights, columns)).isEqualTo(0.5 * Math.min(rows, columns));
    }

    @Example
    void twoGoodPairsBeatOneBetter() {
        assertThat(solve(new double[][] {{0.9, 0.8}, {0.8, 0}}, 2)).isCloseTo(1.6, within(1e-12));
    }

    @Example
    void pairsWithoutWeightStayApart() {
        assertThat(solve(new double[][] {{0, -1}, {-0.5, 0.1}}, 2)).isEqualTo(0.1);
        assertThat(assignment.columnOf(0)).isEqualTo(-1);
        assertThat(assignment.rowOf(0)).isEqualTo(-1);
    }

    /** Solves, checks that both directions agree and nothing is used twice, and returns the sum. */
    private double solve(double[][] weights, int columns) {
        assignment.begin(weights.length, columns);
        for (double[] row : weights) {
            assignment.beginRow();
            for (int column = 0; column < columns; column++) {
                assignment.addPair(column, row[column]);
            }
        }
        assignment.solve();
        double sum = 0;
        Set<Integer> used = new HashSet<>();
        for (int row = 0; row < weights.length; row++) {
            int column = assignment.columnOf(row);
            if (column >= 0) {
                assertThat(used.add(column)).isTrue();
                assertThat(assignment.rowOf(column)).isEqualTo(row);
                sum += weights[row][column];
            }
        }
        for (int column = 0; column < columns; column++) {
            assertThat(assignment.rowOf(column) >= 0).isEqualTo(used.contains(column));
        }
        return sum;
    }

    private static double best(double[][] weights, int columns, int row, int usedColumns) {
        if (row == weights.length) {
            return 0;
        }
        double best = best(weights, columns, row + 1, usedColumns);
        for (int column = 0; column < columns; column++) {
            if (weights[row][column] > 0 && (usedColumns & (1 << column)) == 0) {
                best = Math.max(
                        best, weights[row][column] + best(weights, columns, row + 1, usedColumns | (1 << column)));
            }
        }
        return best;
    }

    /** Some pairs missing, some weights equal, some far apart. */
    private static double[][] weights(Random random, int rows, int columns, double density) {
        double[][] weights = new double[rows][columns];
        for (double[] row : weights) {
            for (int column = 0; column < columns; column++) {
                if (random.nextDouble() < density) {
                    row[column] = random.nextBoolean() ? random.nextDouble() : random.nextInt(4) * 250;
                }
            }
        }
        return weights;
    }
}
