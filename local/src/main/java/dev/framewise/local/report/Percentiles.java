package dev.framewise.local.report;

import java.util.Arrays;

/**
 * Three percentiles of one set of numbers, in its unit; all NaN for the empty set.
 *
 * @param p50 median
 * @param p95 one in twenty is greater
 * @param p99 one in a hundred is greater
 */
public record Percentiles(double p50, double p95, double p99) {
    /** Of nothing. */
    public static final Percentiles NONE = new Percentiles(Double.NaN, Double.NaN, Double.NaN);

    /** Exact, by nearest rank: each is one of the numbers given. The array is not changed. */
    public static Percentiles of(double... numbers) {
        if (numbers.length == 0) {
            return NONE;
        }
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return new Percentiles(rank(sorted, 0.50), rank(sorted, 0.95), rank(sorted, 0.99));
    }

    private static double rank(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
