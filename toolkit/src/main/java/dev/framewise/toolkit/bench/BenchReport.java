package dev.framewise.toolkit.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A bench as table, JSON and chart.
 *
 * @param model its name
 * @param precision such as {@code fp32}
 * @param bytes size of the file
 * @param rows a setting each
 * @param watts what the machine takes while it runs, as the caller measured it; empty where nobody knows, and then there are no FPS/W
 */
public record BenchReport(String model, String precision, long bytes, List<BenchRow> rows, OptionalDouble watts) {
    private static final int WIDTH = 760;
    private static final int LEFT = 300;
    private static final int BAR = 22;

    public BenchReport {
        rows = List.copyOf(rows);
    }

    /** The table. */
    public String text() {
        StringBuilder text = new StringBuilder(model + ", " + precision + ", " + bytes + " bytes\n\n"
                + "| provider | threads | batch | size | p50 ms | p99 ms | CPU ms/picture | pictures/s | per watt |\n"
                + "|---|---:|---:|---|---:|---:|---:|---:|---:|\n");
        for (BenchRow row : rows) {
            text.append(
                    row.problem().isEmpty()
                            ? String.format(
                                    Locale.ROOT,
                                    "| %s | %d | %d | %s | %.2f | %.2f | %.2f | %.1f | %s |%n",
                                    row.provider(),
                                    row.threads(),
                                    row.batch(),
                                    row.size(),
                                    row.p50Millis(),
                                    row.p99Millis(),
                                    row.cpuMillis(),
                                    row.perSecond(),
                                    watts.isPresent()
                                            ? String.format(Locale.ROOT, "%.2f", row.perSecond() / watts.getAsDouble())
                                            : "unknown")
                            : String.format(
                                    Locale.ROOT,
                                    "| %s | %d | %d | %s | none: %s | | | | |%n",
                                    row.provider(),
                                    row.threads(),
                                    row.batch(),
                                    row.size(),
                                    row.problem()));
        }
        return text.toString();
    }

    /** As JSON; {@code millis} is the first setting's CPU time of one picture. */
    public String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("model", model);
        root.putObject("sizeBytes").put(precision, bytes);
        List<BenchRow> measured = measured();
        ObjectNode millis = root.putObject("millis");
        if (!measured.isEmpty()) {
            millis.put(precision, measured.get(0).cpuMillis());
        }
        root.put("accepted", !measured.isEmpty());
        ArrayNode reasons = root.putArray("reasons");
        rows.stream()
                .map(BenchRow::problem)
                .filter(problem -> !problem.isEmpty())
                .forEach(reasons::add);
        root.set("settings", mapper.valueToTree(rows));
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and names has a text", e);
        }
    }

    private List<BenchRow> measured() {
        return rows.stream().filter(row -> row.problem().isEmpty()).toList();
    }

    /** Pictures per second of each setting, as SVG. */
    public String chart() {
        List<BenchRow> measured = measured();
        double most = measured.stream().mapToDouble(BenchRow::perSecond).max().orElse(1);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH,
                BAR * measured.size() + 40));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        svg.append(
                String.format(Locale.ROOT, "<text x=\"10\" y=\"20\">pictures per second, %s</text>%n", escape(model)));
        for (int i = 0; i < measured.size(); i++) {
            BenchRow row = measured.get(i);
            int y = 30 + i * BAR;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s, %d threads, batch %d, %s</text>"
                            + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#0369a1\"/>"
                            + "<text x=\"%.1f\" y=\"%d\">%.1f</text>%n",
                    LEFT - 8,
                    y + 14,
                    escape(row.provider()),
                    row.threads(),
                    row.batch(),
                    row.size(),
                    LEFT,
                    y,
                    (WIDTH - LEFT - 70) * row.perSecond() / most,
                    BAR - 4,
                    LEFT + 6 + (WIDTH - LEFT - 70) * row.perSecond() / most,
                    y + 14,
                    row.perSecond()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
