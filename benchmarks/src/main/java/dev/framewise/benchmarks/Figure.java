package dev.framewise.benchmarks;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One measured number.
 *
 * @param name unique within a report, such as {@code tracker.micros.8}; others read it
 * @param value in {@code unit}
 * @param unit such as {@code ms}
 * @param against what it is compared with; empty if with nothing
 * @param ratio value divided by what it is compared with; empty if with nothing
 */
public record Figure(String name, double value, String unit, Optional<String> against, OptionalDouble ratio) {
    public Figure {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; a figure is a number");
        }
    }

    /** A number that stands alone. */
    public static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, Optional.empty(), OptionalDouble.empty());
    }

    /**
     * The same number, compared.
     *
     * @param other in the same unit, not 0
     */
    public Figure against(String what, double other) {
        return new Figure(name, value, unit, Optional.of(what), OptionalDouble.of(value / other));
    }
}
