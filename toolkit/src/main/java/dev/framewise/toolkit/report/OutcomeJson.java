package dev.framewise.toolkit.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.framewise.toolkit.quantize.Outcome;
import dev.framewise.toolkit.quantize.Score;

/** An {@link Outcome} as JSON. Keys may be added, never taken away or given another meaning: scripts read them. */
public final class OutcomeJson {
    private OutcomeJson() {}

    /** The text, indented. */
    public static String of(Outcome outcome) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        String made = outcome.precision();
        root.put("model", outcome.parent());
        root.put("precision", made);
        root.putObject("sizeBytes").put("fp32", outcome.parentBytes()).put(made, outcome.bytes());
        root.putObject("millis")
                .put("fp32", outcome.millis().published())
                .put("folded", outcome.millis().folded())
                .put(made, outcome.millis().made());
        root.put("speedup", outcome.speedup());
        root.set("accuracy", accuracy(mapper, outcome));
        root.put("accepted", outcome.isAccepted());
        ArrayNode reasons = root.putArray("reasons");
        outcome.reasons().forEach(reasons::add);
        root.put("seconds", outcome.seconds());
        ArrayNode units = root.putArray("units");
        for (Outcome.UnitRow row : outcome.units()) {
            ObjectNode unit = units.addObject();
            unit.put("name", row.name()).put("kind", row.kind()).put("int8", row.int8());
            put(unit, "drift", row.drift());
            put(unit, "floatMicros", row.floatMicros());
            put(unit, "int8Micros", row.int8Micros());
        }
        ArrayNode tried = root.putArray("tried");
        for (Outcome.Trial trial : outcome.tried()) {
            tried.addObject()
                    .put("int8Units", trial.int8Units())
                    .put("speedup", trial.speedup())
                    .put("drift", trial.drift());
        }
        if (outcome.recipe() != null) {
            root.set("recipe", mapper.valueToTree(outcome.recipe()));
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and names has a text", e);
        }
    }

    private static ObjectNode accuracy(ObjectMapper mapper, Outcome outcome) {
        Score before = outcome.test().before();
        Score after = outcome.test().after();
        ObjectNode accuracy = mapper.createObjectNode();
        boolean labelled = before.isLabelled();
        accuracy.put("metric", labelled ? "AP50" : "agreementF1");
        accuracy.put("fp32", labelled ? before.ap50() : 1.0);
        accuracy.put(outcome.precision(), labelled ? after.ap50() : after.agreement());
        accuracy.put("agreementF1", after.agreement());
        accuracy.put("drift", after.drift());
        put(accuracy, "fp32AP50-95", before.ap50To95());
        put(accuracy, outcome.precision() + "AP50-95", after.ap50To95());
        accuracy.put("pictures", outcome.test().pictures());
        accuracy.put("picturesSeenBefore", outcome.overlapping());
        return accuracy;
    }

    /** JSON has no word for what is not a number. */
    private static void put(ObjectNode node, String key, double value) {
        if (Double.isNaN(value)) {
            node.putNull(key);
        } else {
            node.put(key, value);
        }
    }
}
