package dev.framewise.local.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A line chart over time as SVG, for a page that defines the classes it uses ({@code c1}, {@code c2}, ... for lines,
 * {@code grid}, {@code tick} and one for limits). Time starts at 0; the value axis starts at 0 unless told otherwise.
 *
 * @param title above the chart
 * @param unit of the values, such as {@code ms}
 * @param floor the least value shown; empty: 0
 * @param limits values to mark with a horizontal line
 * @param series one line each, at most {@link #COLOURS}
 */
record LineChart(String title, String unit, OptionalDouble floor, List<Double> limits, List<Series> series) {
    /** Colours the page defines. */
    static final int COLOURS = 4;

    private static final int WIDTH = 440;
    private static final int HEIGHT = 230;
    private static final int LEFT = 52;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 26;
    /** Points farther apart than this are not joined: nothing was measured in between, seconds. */
    private static final double GAP_SECONDS = 3.5;

    String svg() {
        double low = floor.orElse(0);
        double step = niceStep((highest() - low) / 4);
        double high = low + step * Math.max(1, Math.ceil((highest() - low) / step));
        double span = Math.max(
                1, series.stream().mapToDouble(Series::lastSeconds).max().orElse(1));
        StringBuilder svg = new StringBuilder(8192);
        svg.append(format(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, Html.escape(title)));
        for (double value = low; value <= high + step / 2; value += step) {
            double y = y(value, low, high);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y));
            svg.append(format(
                    "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 8, y + 4, trim(value)));
        }
        double timeStep = niceStep(span / 5);
        for (double seconds = 0; seconds <= span; seconds += timeStep) {
            svg.append(format(
                    "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s s</text>",
                    x(seconds, span), HEIGHT - 8, trim(seconds)));
        }
        for (double limit : limits) {
            if (limit > low && limit < high) {
                double y = y(limit, low, high);
                svg.append(format(
                        "<line class=\"limit\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                        LEFT, WIDTH - RIGHT, y, y));
                svg.append(format(
                        "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s %s</text>",
                        WIDTH - RIGHT, y - 4, trim(limit), Html.escape(unit)));
            }
        }
        for (int i = 0; i < series.size(); i++) {
            line(svg, series.get(i), i % COLOURS + 1, span, low, high);
        }
        return svg.append("</svg>").toString();
    }

    private void line(StringBuilder svg, Series line, int colour, double span, double low, double high) {
        StringBuilder path = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        double previous = Double.NEGATIVE_INFINITY;
        for (Series.Point point : line.points()) {
            double x = x(point.seconds(), span);
            double y = y(point.value(), low, high);
            path.append(point.seconds() - previous > GAP_SECONDS ? 'M' : 'L').append(format("%.1f %.1f", x, y));
            marks.append(format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"6\"><title>%s, %s s: %.1f %s</title></circle>",
                    x, y, Html.escape(line.name()), trim(point.seconds()), point.value(), Html.escape(unit)));
            previous = point.seconds();
        }
        svg.append(format(
                "<path class=\"line c%d\" d=\"%s\"/><g class=\"hover c%d\">%s</g>", colour, path, colour, marks));
    }

    private double highest() {
        DoubleStream values =
                series.stream().flatMap(line -> line.points().stream()).mapToDouble(Series.Point::value);
        return Math.max(values.max().orElse(1), floor.orElse(0) + 1e-3);
    }

    /** The smallest of 1, 2, 5, 10, 20, 50, ... that is not below. */
    private static double niceStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= least) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static double x(double seconds, double span) {
        return LEFT + seconds / span * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double low, double high) {
        double share = Math.min(1, Math.max(0, (value - low) / (high - low)));
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private static String trim(double value) {
        double rounded = Math.round(value * 1000) / 1000.0;
        return rounded == Math.rint(rounded) ? format("%d", (long) rounded) : format("%s", rounded);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
