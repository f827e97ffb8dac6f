package dev.framewise.toolkit.table;

import dev.framewise.toolkit.classify.ClassifierDistillation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link CompressionTable} for people: Markdown for a page, columns for a terminal. */
public final class TableText {
    private static final List<String> HEAD = List.of(
            "way", "network", "bytes", "smaller", "CPU ms", "faster", "accuracy", "points lost", "promised", "here");

    private TableText() {}

    /** As Markdown. */
    public static String markdown(CompressionTable table) {
        StringBuilder text = new StringBuilder();
        line(text, HEAD);
        text.append("|").append("---|".repeat(HEAD.size())).append('\n');
        table.rows().forEach(row -> line(text, cells(row)));
        return text.append('\n').append(notes(table)).toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** In columns. */
    public static String columns(CompressionTable table) {
        List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        table.rows().forEach(row -> lines.add(cells(row)));
        int[] widths = new int[HEAD.size()];
        for (List<String> cells : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> cells : lines) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(cells.get(i))
                        .append(" ".repeat(widths[i] - cells.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.append('\n').append(notes(table)).toString();
    }

    private static List<String> cells(TableRow row) {
        return List.of(
                row.promise().title(),
                row.network(),
                format("%d to %d", row.bytesBefore(), row.bytesAfter()),
                format("%.2fx", row.smaller()),
                format("%.3f to %.3f", row.millisBefore(), row.millisAfter()),
                format("%.2fx", row.faster()),
                format("%s %.3f to %.3f", row.metric(), row.before(), row.after()),
                format("%.1f", row.lost()),
                row.promise().words(),
                row.verdict());
    }

    private static String notes(CompressionTable table) {
        StringBuilder text = new StringBuilder();
        text.append("Students were told the class of one picture of ")
                .append(table.labelEvery())
                .append("; right on the test's pictures, alone and distilled, by seed:");
        for (ClassifierDistillation.Pair pair : table.distillation().pairs()) {
            text.append(format(
                    " %d: %.1f and %.1f %%;",
                    pair.seed(),
                    100 * pair.alone().right(),
                    100 * pair.distilled().right()));
        }
        text.append(format(
                " distillation gains %+.1f points on average, %+.1f to %+.1f.%n",
                100 * table.distillation().meanGain(),
                100 * table.distillation().leastGain(),
                100 * table.distillation().mostGain()));
        return text.append(format("CPU times on one thread, in turns. This run took %.0f s.%n", table.seconds()))
                .toString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
