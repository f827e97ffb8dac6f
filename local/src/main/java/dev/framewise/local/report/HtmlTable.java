package dev.framewise.local.report;

import java.util.ArrayList;
import java.util.List;

/** A table of a page, built from left to right and from top to bottom; cells are escaped. */
final class HtmlTable {
    private final List<String> header = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    HtmlTable(String... header) {
        this.header.addAll(List.of(header));
    }

    HtmlTable column(String name) {
        header.add(name);
        return this;
    }

    HtmlTable row() {
        rows.add(new ArrayList<>());
        return this;
    }

    HtmlTable cell(String text) {
        rows.get(rows.size() - 1).add(text);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead>");
        append(html, header, "th");
        html.append("</thead><tbody>");
        rows.forEach(row -> append(html, row, "td"));
        return html.append("</tbody></table></div>").toString();
    }

    private static void append(StringBuilder html, List<String> cells, String tag) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append('<')
                    .append(tag)
                    .append('>')
                    .append(Html.escape(cell))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        html.append("</tr>");
    }
}
