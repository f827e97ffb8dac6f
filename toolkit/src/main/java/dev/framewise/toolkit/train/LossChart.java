package dev.framewise.toolkit.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The curves of a training as SVG: one panel for each figure of the log, over the steps. */
final class LossChart {
    private static final int WIDTH = 640;
    private static final int PANEL = 120;
    private static final int LEFT = 70;
    private static final int RIGHT = 15;
    private static final int TOP = 22;
    private static final int BOTTOM = 18;

    private LossChart() {}

    static String of(List<TrainingLog.Row> rows) {
        List<String> names = rows.isEmpty()
                ? List.of()
                : new ArrayList<>(rows.get(0).figures().keySet());
        int height = Math.max(1, names.size()) * PANEL;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH,
                height));
        for (int i = 0; i < names.size(); i++) {
            panel(svg, names.get(i), rows, i * PANEL);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder svg, String name, List<TrainingLog.Row> rows, int y) {
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (TrainingLog.Row row : rows) {
            double value = row.figures().getOrDefault(name, Double.NaN);
            low = Math.min(low, Double.isNaN(value) ? low : value);
            high = Math.max(high, Double.isNaN(value) ? high : value);
        }
        double range = high > low ? high - low : 1;
        long last = Math.max(1, rows.get(rows.size() - 1).step());
        int plotWidth = WIDTH - LEFT - RIGHT;
        int plotHeight = PANEL - TOP - BOTTOM;
        StringBuilder points = new StringBuilder();
        for (TrainingLog.Row row : rows) {
            double value = row.figures().getOrDefault(name, Double.NaN);
            if (!Double.isNaN(value)) {
                points.append(String.format(
                        Locale.ROOT,
                        "%.1f,%.1f ",
                        LEFT + plotWidth * row.step() / (double) last,
                        y + TOP + plotHeight * (1 - (value - low) / range)));
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.3g</text>%n"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.3g</text>%n"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">step %d</text>%n"
                        + "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#999\"/>%n"
                        + "<polyline points=\"%s\" fill=\"none\" stroke=\"#2563eb\" stroke-width=\"1.2\"/>%n",
                LEFT,
                y + TOP - 8,
                name,
                LEFT - 5,
                y + TOP + 8,
                high,
                LEFT - 5,
                y + PANEL - BOTTOM,
                low,
                WIDTH - RIGHT,
                y + PANEL - BOTTOM + 13,
                last,
                LEFT,
                y + TOP,
                y + PANEL - BOTTOM,
                WIDTH - RIGHT,
                points.toString().strip()));
    }
}
