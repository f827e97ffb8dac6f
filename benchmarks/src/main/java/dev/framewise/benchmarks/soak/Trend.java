package dev.framewise.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a row of readings grows: the median of its first quarter against that of its last, which one odd reading cannot move. Not
 * thread-safe.
 */
final class Trend {
    private static final int QUARTERS = 4;

    private final List<Double> readings = new ArrayList<>();

    void add(double reading) {
        readings.add(reading);
    }

    /** Number of readings. */
    int size() {
        return readings.size();
    }

    /** Median of the first quarter; of the first reading where there are fewer than four. */
    double first() {
        return median(readings.subList(0, quarter()));
    }

    /** Median of the last quarter. */
    double last() {
        return median(readings.subList(readings.size() - quarter(), readings.size()));
    }

    private int quarter() {
        if (readings.isEmpty()) {
            throw new IllegalStateException("no readings");
        }
        return Math.max(1, readings.size() / QUARTERS);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
