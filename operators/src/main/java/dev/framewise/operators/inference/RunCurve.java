package dev.framewise.operators.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a run takes by something that is raised step by step: the frames in it, or its threads. Not thread-safe. */
final class RunCurve {
    /** A larger number has to be so much better than a smaller one: timings differ by a few percent from nothing at all. */
    static final double WORTH_IT = 1.05;

    private final List<Point> points = new ArrayList<>();

    /** A run of {@code size} took {@code nanos} of wall time. */
    private record Point(int size, long nanos) {}

    /** Adds a point; sizes grow. */
    void add(int size, long nanos) {
        points.add(new Point(size, nanos));
    }

    /** The smallest number of frames whose time per frame is next to the best of those that run within a time; 1 if none does. */
    int bestBatch(long mostNanos) {
        List<Point> fitting =
                points.stream().filter(point -> point.nanos <= mostNanos).toList();
        double best = fitting.stream()
                .mapToDouble(point -> (double) point.nanos / point.size)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return fitting.stream()
                .filter(point -> (double) point.nanos / point.size <= WORTH_IT * best)
                .mapToInt(Point::size)
                .findFirst()
                .orElse(1);
    }

    /** The smallest number of threads whose run is next to the shortest, or, for throughput, takes next to the least of cores. */
    int bestThreads(Tuning.Aim aim) {
        double best =
                points.stream().mapToDouble(point -> cost(point, aim)).min().orElseThrow();
        return points.stream()
                .filter(point -> cost(point, aim) <= WORTH_IT * best)
                .mapToInt(Point::size)
                .findFirst()
                .orElseThrow();
    }

    private static double cost(Point point, Tuning.Aim aim) {
        return aim == Tuning.Aim.LATENCY ? point.nanos : (double) point.nanos * point.size;
    }

    /** For people: {@code 1: 14.1 ms, 2: 28.5 ms}. */
    @Override
    public String toString() {
        return String.join(
                ", ",
                points.stream()
                        .map(point -> String.format(Locale.ROOT, "%d: %.2f ms", point.size, point.nanos / 1e6))
                        .toList());
    }
}
