package dev.framewise.toolkit.trial;

import java.util.stream.LongStream;

/**
 * What a model gave at one output.
 *
 * @param shape sizes
 * @param floats values, rows in order; whole numbers and truth values as floats
 */
public record Values(long[] shape, float[] floats) {
    /** Number of values that a shape makes. */
    public static int count(long... shape) {
        return Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
    }

    /** The greatest absolute difference from other values of the same shape; infinite where shapes differ or a value is no number. */
    public double maxDifference(Values other) {
        if (!java.util.Arrays.equals(shape, other.shape)) {
            return Double.POSITIVE_INFINITY;
        }
        double most = 0;
        for (int i = 0; i < floats.length; i++) {
            double difference = Math.abs((double) floats[i] - other.floats[i]);
            most = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(most, difference);
        }
        return most;
    }

    /** The greatest absolute value. */
    public double maxAbs() {
        double most = 0;
        for (float value : floats) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }
}
