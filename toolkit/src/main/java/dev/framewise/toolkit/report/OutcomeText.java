package dev.framewise.toolkit.report;

import dev.framewise.toolkit.quantize.Outcome;
import dev.framewise.toolkit.quantize.Score;
import java.util.Locale;

/** An {@link Outcome} as Markdown that reads well on a terminal, too. */
public final class OutcomeText {
    private OutcomeText() {}

    /** The verdict and the figures, without the table of units. */
    public static String summary(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        String made = outcome.precision().toUpperCase(Locale.ROOT);
        line(text, "| | FP32 | folded FP32 | %s | ratio |", made);
        line(text, "|---|---:|---:|---:|---:|");
        line(
                text,
                "| size, bytes | %,d | | %,d | %.3f |",
                outcome.parentBytes(),
                outcome.bytes(),
                (double) outcome.bytes() / outcome.parentBytes());
        line(
                text,
                "| CPU ms per picture, 1 thread | %.3f | %.3f | %.3f | %.3fx |",
                outcome.millis().published(),
                outcome.millis().folded(),
                outcome.millis().made(),
                outcome.speedup());
        Score before = outcome.test().before();
        Score after = outcome.test().after();
        if (before.isLabelled()) {
            line(text, "| AP50 | %.4f | | %.4f | %+.4f |", before.ap50(), after.ap50(), after.ap50() - before.ap50());
            line(
                    text,
                    "| AP50-95 | %.4f | | %.4f | %+.4f |",
                    before.ap50To95(),
                    after.ap50To95(),
                    after.ap50To95() - before.ap50To95());
        }
        line(text, "| F1 of its detections against FP32's | 1 | | %.4f | |", after.agreement());
        line(text, "");
        line(
                text,
                "Accuracy on %d pictures that %s; times are medians of 100 runs, side by side. All took %.0f s.",
                outcome.test().pictures(),
                outcome.overlapping()
                        ? "calibration and search have seen, because there were too few: the figures flatter"
                        : "neither calibration nor search has seen",
                outcome.seconds());
        line(text, "");
        line(text, outcome.isAccepted() ? "Accepted." : "Refused: " + String.join("; ", outcome.reasons()) + ".");
        return text.toString();
    }

    /** All of it. */
    public static String full(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        line(text, "# %s in %s", outcome.parent(), outcome.precision().toUpperCase(Locale.ROOT));
        line(text, "");
        text.append(summary(outcome));
        if (!outcome.units().isEmpty()) {
            long int8 = outcome.units().stream().filter(Outcome.UnitRow::int8).count();
            line(text, "");
            line(text, "## Units: %d of %d are INT8", int8, outcome.units().size());
            line(text, "");
            line(
                    text,
                    "Drift: of the detections, where this unit alone is INT8. Times without the conversions around a unit.");
            line(text, "");
            line(text, "| unit | kind | is | drift | float µs | INT8 µs |");
            line(text, "|---|---|---|---:|---:|---:|");
            for (Outcome.UnitRow row : outcome.units()) {
                line(
                        text,
                        "| %s | %s | %s | %.4f | %.0f | %.0f |",
                        row.name(),
                        row.kind(),
                        row.int8() ? "INT8" : "float",
                        row.drift(),
                        row.floatMicros(),
                        row.int8Micros());
            }
        }
        if (outcome.recipe() != null) {
            line(text, "");
            line(
                    text,
                    "Ranges read off %d pictures by %s; `model quantize --recipe` makes the same file again.",
                    outcome.recipe().calibrationPictures().size(),
                    outcome.recipe().observer());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(values.length == 0 ? pattern : String.format(Locale.ROOT, pattern, values))
                .append('\n');
    }
}
