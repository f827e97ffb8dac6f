package dev.framewise.local.report;

import java.util.List;

/**
 * One line of a chart.
 *
 * @param name for the legend
 * @param points ordered by time
 */
public record Series(String name, List<Point> points) {
    /**
     * A value at a time.
     *
     * @param seconds since the run's first frame
     * @param value in the chart's unit
     */
    public record Point(double seconds, double value) {}

    public Series {
        points = List.copyOf(points);
    }

    /** Seconds of the last point; 0 without points. */
    public double lastSeconds() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).seconds();
    }
}
