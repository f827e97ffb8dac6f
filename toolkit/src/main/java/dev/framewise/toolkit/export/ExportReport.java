package dev.framewise.toolkit.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.framewise.toolkit.quantize.FinalTest;
import dev.framewise.toolkit.quantize.Score;
import java.util.Locale;

/** An {@link ExportOutcome} for people and for programs. */
public final class ExportReport {
    private ExportReport() {}

    /** Markdown that reads well on a terminal, too. */
    public static String text(ExportOutcome outcome) {
        StringBuilder text = new StringBuilder();
        ExportRequest asked = outcome.asked();
        line(
                text,
                "| | ONNX, FP32 | %s, %s | |",
                asked.target(),
                outcome.precision().toUpperCase(Locale.ROOT));
        line(text, "|---|---:|---:|---:|");
        line(
                text,
                "| size, bytes | %,d | %,d | %.3f |",
                outcome.parentBytes(),
                outcome.bytes(),
                (double) outcome.bytes() / outcome.parentBytes());
        Agreement agreement = outcome.agreement();
        line(
                text,
                "| greatest difference of a value, up to %.4g | | %.3g | |",
                agreement.maxAbs(),
                agreement.maxDifference());
        agreement.sight().ifPresent(sight -> sight(text, sight));
        line(text, "");
        line(
                text,
                "Both of %dx%d, on %d %s%s. Made by %s; run back by %s. All took %.0f s.",
                asked.width(),
                asked.height(),
                agreement.inputs(),
                agreement.sight().isPresent() ? "pictures" : "made-up inputs",
                outcome.overlapping() ? ", which it was made by, too: the figures flatter" : "",
                outcome.madeBy(),
                outcome.ranBy(),
                outcome.seconds());
        outcome.resized().ifPresent(resized -> resized(text, asked, resized));
        outcome.notes().forEach(note -> line(text, "%s", note));
        line(text, "");
        line(text, "%s", outcome.isAccepted() ? "Accepted." : "Refused: " + String.join("; ", outcome.reasons()) + ".");
        return text.toString();
    }

    private static void sight(StringBuilder text, FinalTest.Outcome sight) {
        Score before = sight.before();
        Score after = sight.after();
        if (before.isLabelled()) {
            line(text, "| AP50 | %.4f | %.4f | %+.4f |", before.ap50(), after.ap50(), after.ap50() - before.ap50());
        }
        line(text, "| F1 of its detections against FP32's | 1 | %.4f | |", after.agreement());
    }

    private static void resized(StringBuilder text, ExportRequest asked, FinalTest.Outcome resized) {
        String labelled = resized.before().isLabelled()
                ? format(
                        ", AP50 %.4f becomes %.4f",
                        resized.before().ap50(), resized.after().ap50())
                : "";
        line(
                text,
                "The size alone, in FP32: at %dx%d the model agrees with itself at its own size by F1 %.4f%s.",
                asked.width(),
                asked.height(),
                resized.after().agreement(),
                labelled);
    }

    /** Keys may be added, never taken away or given another meaning: scripts read them. */
    public static String json(ExportOutcome outcome) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        ExportRequest asked = outcome.asked();
        root.put("model", asked.model().toString())
                .put("target", asked.target().id())
                .put("precision", outcome.precision())
                .put("width", asked.width())
                .put("height", asked.height());
        root.putObject("sizeBytes")
                .put("fp32", outcome.parentBytes())
                .put(asked.target().id(), outcome.bytes());
        put(root, "maxDifference", outcome.agreement().maxDifference());
        put(root, "maxAbs", outcome.agreement().maxAbs());
        root.put("inputs", outcome.agreement().inputs())
                .put("pictures", outcome.agreement().sight().isPresent());
        outcome.agreement().sight().ifPresent(sight -> accuracy(root.putObject("accuracy"), sight));
        outcome.resized().ifPresent(resized -> accuracy(root.putObject("resizing"), resized));
        root.put("madeBy", outcome.madeBy()).put("ranBy", outcome.ranBy()).put("accepted", outcome.isAccepted());
        ArrayNode reasons = root.putArray("reasons");
        outcome.reasons().forEach(reasons::add);
        ArrayNode notes = root.putArray("notes");
        outcome.notes().forEach(notes::add);
        root.put("seconds", outcome.seconds());
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and names has a text", e);
        }
    }

    private static void accuracy(ObjectNode node, FinalTest.Outcome sight) {
        node.put("agreementF1", sight.after().agreement())
                .put("drift", sight.after().drift());
        put(node, "AP50before", sight.before().ap50());
        put(node, "AP50after", sight.after().ap50());
    }

    /** JSON has no word for what is not a number. */
    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(values.length == 0 ? pattern : format(pattern, values)).append('\n');
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
