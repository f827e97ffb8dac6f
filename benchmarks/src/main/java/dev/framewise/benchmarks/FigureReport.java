package dev.framewise.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.framewise.local.report.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Figures as a table for people and as the JSON that {@code bench --json} promises. */
final class FigureReport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    /** Decimals that leave four digits or more of every figure there is. */
    private static final double SMALL = 100;

    private FigureReport() {}

    /** Lines, each ended. */
    static String table(List<Figure> figures) {
        TextTable table = new TextTable("figure", "value", "unit", "ratio", "against");
        for (Figure figure : figures) {
            table.row(
                    figure.name(),
                    number(figure.value()),
                    figure.unit(),
                    figure.ratio().isPresent() ? number(figure.ratio().getAsDouble()) : "",
                    figure.against().orElse(""));
        }
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < SMALL ? "%.3f" : "%.1f", value);
    }

    /** Writes the file, replacing what was there. */
    static void write(Path file, List<Figure> figures) throws IOException {
        MAPPER.writeValue(file.toFile(), json(figures));
    }

    static ObjectNode json(List<Figure> figures) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode array = root.putArray("figures");
        for (Figure figure : figures) {
            ObjectNode node = array.addObject();
            node.put("name", figure.name());
            node.put("value", figure.value());
            node.put("unit", figure.unit());
            node.put("against", figure.against().orElse(null));
            node.put("ratio", figure.ratio().isPresent() ? figure.ratio().getAsDouble() : null);
        }
        return root;
    }
}
