package dev.framewise.toolkit.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * What a gate found out, as text and JSON.
 *
 * @param baselineSha256 of the model in force
 * @param candidateSha256 of the model that wants to follow
 * @param baselineBytes size of the first file
 * @param candidateBytes size of the second
 * @param baselinePrecision such as {@code fp32}
 * @param candidatePrecision such as {@code int8}
 * @param rows a clip each
 * @param reasons why the candidate may not pass; empty if it may
 */
public record GateReport(
        String baselineSha256,
        String candidateSha256,
        long baselineBytes,
        long candidateBytes,
        String baselinePrecision,
        String candidatePrecision,
        List<GateRow> rows,
        List<String> reasons) {
    public GateReport {
        rows = List.copyOf(rows);
        reasons = List.copyOf(reasons);
    }

    private double mean(java.util.function.ToDoubleFunction<GateRow> figure) {
        return rows.stream().mapToDouble(figure).average().orElse(0);
    }

    /** As a table with the verdict. */
    public String text() {
        StringBuilder text =
                new StringBuilder("| clip | figure | baseline | candidate | |\n|---|---|---:|---:|---:|\n");
        for (GateRow row : rows) {
            line(
                    text,
                    row.clip(),
                    "AP50",
                    row.baseline().ap50(),
                    row.candidate().ap50());
            line(text, "", "AP50-95", row.baseline().ap50To95(), row.candidate().ap50To95());
            line(text, "", "HOTA", row.baseline().hota(), row.candidate().hota());
            double before = row.baseline().cpuMillis();
            double after = row.candidate().cpuMillis();
            text.append(String.format(
                    Locale.ROOT, "| | CPU ms per frame | %.3f | %.3f | %.3fx |%n", before, after, before / after));
        }
        text.append(reasons.isEmpty() ? "\nPassed.\n" : "\nNot passed: " + String.join("; ", reasons) + ".\n");
        return text.toString();
    }

    private static void line(StringBuilder text, String clip, String figure, double before, double after) {
        text.append(String.format(
                Locale.ROOT, "| %s | %s | %.4f | %.4f | %+.4f |%n", clip, figure, before, after, after - before));
    }

    /** As JSON: keys by the models' precisions, {@code fp32} first; {@code candidate} where both have the same. */
    public String json() {
        String before = baselinePrecision;
        String after = candidatePrecision.equals(before) ? "candidate" : candidatePrecision;
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.putObject("sizeBytes").put(before, baselineBytes).put(after, candidateBytes);
        double millisBefore = mean(row -> row.baseline().cpuMillis());
        double millisAfter = mean(row -> row.candidate().cpuMillis());
        root.putObject("millis").put(before, millisBefore).put(after, millisAfter);
        root.put("speedup", millisBefore / millisAfter);
        root.putObject("accuracy")
                .put("metric", "AP50")
                .put(before, mean(row -> row.baseline().ap50()))
                .put(after, mean(row -> row.candidate().ap50()));
        root.put("accepted", reasons.isEmpty());
        ArrayNode why = root.putArray("reasons");
        reasons.forEach(why::add);
        root.put("baselineSha256", baselineSha256).put("candidateSha256", candidateSha256);
        root.set("clips", mapper.valueToTree(rows));
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and names has a text", e);
        }
    }
}
