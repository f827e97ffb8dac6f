package dev.framewise.toolkit.table;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to make one network smaller, measured. A promise holds if the figure, rounded to one place as promises are, is as good.
 *
 * @param network what was made smaller
 * @param bytesBefore of its file, folded or as it was given
 * @param millisBefore CPU milliseconds of one picture on one thread, median, in turns with {@code millisAfter}
 * @param metric {@code right}, the share of the pictures whose class is found, or {@code AP50}
 * @param before accuracy before, 0 to 1
 * @param after accuracy after, on the same pictures, which nothing was learned or chosen from
 */
public record TableRow(
        Promise promise,
        String network,
        long bytesBefore,
        long bytesAfter,
        double millisBefore,
        double millisAfter,
        String metric,
        double before,
        double after) {
    /** How many times smaller. */
    double smaller() {
        return bytesBefore / (double) bytesAfter;
    }

    /** How many times faster. */
    double faster() {
        return millisBefore / millisAfter;
    }

    /** Points of accuracy lost, of 100; below 0 where some were gained. */
    double lost() {
        return 100 * (before - after);
    }

    boolean sizeHolds() {
        return !(rounded(smaller()) < promise.leastSize());
    }

    boolean speedHolds() {
        return !(rounded(faster()) < promise.leastSpeed());
    }

    boolean accuracyHolds() {
        return !(rounded(lost()) > promise.mostLost());
    }

    private static double rounded(double figure) {
        return Math.round(figure * 10) / 10.0;
    }

    /** {@code holds}, or {@code does not hold} and what of it. */
    String verdict() {
        List<String> broken = new ArrayList<>();
        if (!sizeHolds()) {
            broken.add("size");
        }
        if (!speedHolds()) {
            broken.add("speed");
        }
        if (!accuracyHolds()) {
            broken.add("accuracy");
        }
        return broken.isEmpty() ? "holds" : "does not hold: " + String.join(", ", broken);
    }
}
