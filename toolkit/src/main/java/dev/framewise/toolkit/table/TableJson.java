package dev.framewise.toolkit.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.framewise.toolkit.classify.ClassifierDistillation;
import java.util.Locale;

/** A {@link CompressionTable} as JSON. Keys may be added, never taken away or given another meaning: scripts read them. */
public final class TableJson {
    private TableJson() {}

    /** The text, indented. */
    public static String of(CompressionTable table) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        ArrayNode rows = root.putArray("rows");
        for (TableRow row : table.rows()) {
            ObjectNode one = rows.addObject();
            one.put("way", row.promise().name().toLowerCase(Locale.ROOT));
            one.put("network", row.network());
            one.putObject("sizeBytes").put("before", row.bytesBefore()).put("after", row.bytesAfter());
            one.putObject("millis").put("before", row.millisBefore()).put("after", row.millisAfter());
            one.put("smaller", row.smaller());
            one.put("speedup", row.faster());
            one.putObject("accuracy")
                    .put("metric", row.metric())
                    .put("before", row.before())
                    .put("after", row.after());
            one.put("pointsLost", row.lost());
            one.put("promised", row.promise().words());
            one.putObject("holds")
                    .put("size", row.sizeHolds())
                    .put("speed", row.speedHolds())
                    .put("accuracy", row.accuracyHolds());
            one.put("verdict", row.verdict());
        }
        ObjectNode distillation = root.putObject("distillation");
        distillation.put("labelEvery", table.labelEvery());
        ArrayNode seeds = distillation.putArray("seeds");
        for (ClassifierDistillation.Pair pair : table.distillation().pairs()) {
            seeds.addObject()
                    .put("seed", pair.seed())
                    .put("alone", pair.alone().right())
                    .put("distilled", pair.distilled().right());
        }
        distillation.put("meanGain", table.distillation().meanGain());
        distillation.put("leastGain", table.distillation().leastGain());
        distillation.put("mostGain", table.distillation().mostGain());
        root.put("seconds", table.seconds());
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and names has a text", e);
        }
    }
}
