package dev.framewise.local.eval;

import dev.framewise.local.report.Figures;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Scores over calls of the detector, as SVG that stands alone: one panel each for HOTA, MOTA and IDF1; fixed intervals joined by one line,
 * adaptive budgets by another.
 *
 * @param title above the panels
 * @param points what was run
 */
record CurveChart(String title, List<Point> points) {
    private static final List<String> SCORES = List.of("HOTA", "MOTA", "IDF1");
    private static final int PANEL = 300;
    private static final int HEIGHT = 260;
    private static final int LEFT = 44;
    private static final int RIGHT = 14;
    private static final int TOP = 48;
    private static final int BOTTOM = 40;
    private static final String STYLE = "<style>text{font:12px sans-serif;fill:#444}.t{font-weight:bold;fill:#222}"
            + ".g{stroke:#ddd}.f{stroke:#1f6fb2;fill:none;stroke-width:2}.a{stroke:#d1660f;fill:none;stroke-width:2}"
            + ".fd{fill:#1f6fb2}.ad{fill:#d1660f}</style>";

    /**
     * One way to look.
     *
     * @param label beside the point
     * @param adaptive which line it belongs to
     * @param share calls of the detector per frame, 0 to 1
     * @param scores by TrackEval's names, in the order HOTA, MOTA, IDF1, times 100
     */
    record Point(String label, boolean adaptive, double share, List<Double> scores) {}

    String svg() {
        int width = SCORES.size() * PANEL;
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s",
                width, HEIGHT, title, STYLE));
        svg.append(format("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", width, HEIGHT));
        svg.append(format("<text class=\"t\" x=\"12\" y=\"20\">%s</text>", title));
        for (int i = 0; i < SCORES.size(); i++) {
            panel(svg, i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(StringBuilder svg, int score) {
        double least = points.stream()
                .mapToDouble(point -> point.scores().get(score))
                .min()
                .orElse(0);
        double low = 10 * Math.floor(Math.min(least, 99) / 10);
        svg.append(format("<g transform=\"translate(%d,0)\">", score * PANEL));
        svg.append(format("<text class=\"t\" x=\"%d\" y=\"%d\">%s</text>", LEFT, TOP - 8, SCORES.get(score)));
        for (double value = low; value <= 100; value += 10) {
            double y = y(value, low);
            svg.append(format(
                    "<line class=\"g\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, PANEL - RIGHT, y, y));
            svg.append(format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>", LEFT - 6, y + 4, value));
        }
        for (int share = 0; share <= 100; share += 25) {
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
                    x(share / 100.0), HEIGHT - BOTTOM + 16, share));
        }
        svg.append(format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">calls of the detector per 100 frames</text>",
                (LEFT + PANEL - RIGHT) / 2, HEIGHT - 8));
        line(svg, score, low, /* adaptive= */ false, "f");
        line(svg, score, low, /* adaptive= */ true, "a");
        svg.append("</g>");
    }

    private void line(StringBuilder svg, int score, double low, boolean adaptive, String style) {
        StringBuilder path = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        points.stream()
                .filter(point -> point.adaptive() == adaptive)
                .sorted(Comparator.comparingDouble(Point::share))
                .forEach(point -> {
                    double x = x(point.share());
                    double y = y(point.scores().get(score), low);
                    path.append(path.isEmpty() ? 'M' : 'L').append(format("%.1f %.1f", x, y));
                    marks.append(format(
                            "<circle class=\"%sd\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s: %s</title></circle>",
                            style,
                            x,
                            y,
                            point.label(),
                            Figures.of(point.scores().get(score), 1)));
                    marks.append(format(
                            "<text x=\"%.1f\" y=\"%.1f\">%s</text>", x + 5, adaptive ? y - 6 : y + 15, point.label()));
                });
        if (!path.isEmpty()) {
            svg.append(format("<path class=\"%s\" d=\"%s\"/>%s", style, path, marks));
        }
    }

    private static double x(double share) {
        return LEFT + share * (PANEL - LEFT - RIGHT);
    }

    private static double y(double value, double low) {
        return HEIGHT - BOTTOM - (value - low) / (100 - low) * (HEIGHT - TOP - BOTTOM);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
