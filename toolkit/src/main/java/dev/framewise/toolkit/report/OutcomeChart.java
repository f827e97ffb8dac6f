package dev.framewise.toolkit.report;

import dev.framewise.toolkit.quantize.Outcome;
import java.util.Locale;

/**
 * An {@link Outcome} as a picture: on top every unit's harm and what it takes either way, in the order they run; below, what the
 * divisions that were tried gain over what they lose.
 */
public final class OutcomeChart {
    private static final int WIDTH = 900;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int PANEL = 150;
    private static final int GAP = 46;
    private static final String FLOAT = "#c2410c";
    private static final String INT8 = "#0369a1";

    private OutcomeChart() {}

    /** The SVG. */
    public static String of(Outcome outcome) {
        int height = 3 * (PANEL + GAP) + 20;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH,
                height);
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height);
        harm(svg, outcome, GAP);
        time(svg, outcome, PANEL + 2 * GAP);
        tried(svg, outcome, 2 * PANEL + 3 * GAP);
        return svg.append("</svg>\n").toString();
    }

    private static void harm(StringBuilder svg, Outcome outcome, int top) {
        double most = outcome.units().stream()
                .mapToDouble(Outcome.UnitRow::drift)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        title(svg, top, "drift where this unit alone is INT8; orange stays in float, blue becomes INT8", most, "");
        double wide = step(outcome);
        for (int i = 0; i < outcome.units().size(); i++) {
            Outcome.UnitRow row = outcome.units().get(i);
            bar(svg, LEFT + i * wide, wide * 0.8, top, row.drift() / most, row.int8() ? INT8 : FLOAT, row);
        }
    }

    private static void time(StringBuilder svg, Outcome outcome, int top) {
        double most = outcome.units().stream()
                .mapToDouble(row -> Math.max(row.floatMicros(), row.int8Micros()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        title(svg, top, "microseconds of each unit in float (orange) and in INT8 (blue)", most, " µs");
        double wide = step(outcome);
        for (int i = 0; i < outcome.units().size(); i++) {
            Outcome.UnitRow row = outcome.units().get(i);
            bar(svg, LEFT + i * wide, wide * 0.4, top, row.floatMicros() / most, FLOAT, row);
            bar(svg, LEFT + (i + 0.45) * wide, wide * 0.4, top, row.int8Micros() / most, INT8, row);
        }
    }

    private static double step(Outcome outcome) {
        return (WIDTH - LEFT - RIGHT) / (double) Math.max(1, outcome.units().size());
    }

    private static void bar(
            StringBuilder svg, double x, double width, int top, double share, String colour, Outcome.UnitRow row) {
        double high = Double.isFinite(share) ? Math.max(0, Math.min(1, share)) * PANEL : 0;
        add(
                svg,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"%s\"><title>%s, %s</title></rect>",
                x,
                top + PANEL - high,
                width,
                high,
                colour,
                escape(row.name()),
                escape(row.kind()));
    }

    private static void tried(StringBuilder svg, Outcome outcome, int top) {
        double drift =
                outcome.tried().stream().mapToDouble(Outcome.Trial::drift).max().orElse(1);
        double fastest = outcome.tried().stream()
                .mapToDouble(Outcome.Trial::speedup)
                .max()
                .orElse(1);
        title(svg, top, "speedup against folded float (up) over drift (right) of the divisions tried", fastest, "x");
        for (Outcome.Trial trial : outcome.tried()) {
            add(
                    svg,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%d units INT8: %.3fx, drift %.4f</title></circle>",
                    LEFT + (WIDTH - LEFT - RIGHT) * Math.sqrt(trial.drift() / Math.max(1e-9, drift)),
                    top + PANEL - PANEL * Math.max(0, trial.speedup() - 0.9) / Math.max(0.01, fastest - 0.9),
                    INT8,
                    trial.int8Units(),
                    trial.speedup(),
                    trial.drift());
        }
    }

    private static void title(StringBuilder svg, int top, String text, double most, String unit) {
        add(svg, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT, top - 10, escape(text));
        add(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.3g%s</text>", LEFT - 6, top + 10, most, unit);
        add(
                svg,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#888\"/>",
                LEFT,
                WIDTH - RIGHT,
                top + PANEL,
                top + PANEL);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void add(StringBuilder svg, String pattern, Object... values) {
        svg.append(String.format(Locale.ROOT, pattern, values)).append('\n');
    }
}
