package dev.framewise.local.report;

import java.util.ArrayList;
import java.util.List;

/** A table for the terminal: columns as wide as their widest cell, the first flush left, the others flush right. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... header) {
        rows.add(List.of(header));
    }

    /**
     * Appends a row.
     *
     * @throws IllegalArgumentException if it has more or fewer cells than the header
     */
    public TextTable row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells in a table of " + rows.get(0).size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Header, a rule and the rows, each line ended by a newline, without trailing blanks. */
    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            append(text, rows.get(i), widths);
            if (i == 0) {
                append(text, ruleOf(widths), widths);
            }
        }
        return text.toString();
    }

    private static List<String> ruleOf(int[] widths) {
        List<String> rule = new ArrayList<>(widths.length);
        for (int width : widths) {
            rule.add("─".repeat(width));
        }
        return rule;
    }

    private static void append(StringBuilder text, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? "" : GAP);
            line.append(column == 0 ? row.get(column) + padding : padding + row.get(column));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
