package dev.framewise.toolkit.inspect;

import dev.framewise.toolkit.inspect.ModelSummary.Value;
import dev.framewise.toolkit.shape.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A model's summary for the terminal. */
public final class SummaryText {
    private static final String ROW = "%-44s %-14s %-22s %12s %14s%n";
    private static final String UNKNOWN = "unknown";

    private SummaryText() {}

    /** Fields, one a line, then the table of layers; every line is ended. */
    public static String of(ModelSummary summary) {
        StringBuilder text = new StringBuilder();
        field(text, "file", summary.file().toString());
        field(text, "size", String.format(Locale.ROOT, "%,d bytes", summary.sizeBytes()));
        field(text, "producer", summary.producer().isEmpty() ? "not named" : summary.producer());
        field(
                text,
                "opset",
                summary.opsets().entrySet().stream()
                        .map(opset -> opset.getKey() + " " + opset.getValue())
                        .collect(Collectors.joining(", ", "", ", IR version " + summary.irVersion())));
        values(text, "input", summary.inputs());
        values(text, "output", summary.outputs());
        field(
                text,
                "head",
                summary.head().name().orElse("none: " + summary.head().problem()));
        field(text, "parameters", String.format(Locale.ROOT, "%,d", summary.parameters()));
        field(text, "FLOPs", flops(summary));
        field(text, "operators", counts(summary.operators()));
        text.append(String.format(ROW, "layer", "operator", "output", "parameters", "multiply-adds"));
        for (Layer layer : summary.layers()) {
            text.append(String.format(
                    ROW,
                    layer.name(),
                    layer.operator(),
                    layer.output().map(Shape::toString).orElse(UNKNOWN),
                    number(OptionalLong.of(layer.parameters())),
                    number(layer.multiplyAdds())));
        }
        return text.toString();
    }

    private static String flops(ModelSummary summary) {
        StringBuilder text = new StringBuilder();
        if (summary.flops().isPresent()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%.3f billion a run, two for each multiply-add",
                    summary.flops().getAsLong() / 1e9));
        } else {
            text.append(UNKNOWN + ": no shape of ")
                    .append(summary.unknownLayers().stream()
                            .limit(/* shown= */ 5)
                            .map(Layer::name)
                            .collect(Collectors.joining(", ")))
                    .append(summary.unknownLayers().size() > 5 ? ", ..." : "")
                    .append("; --dim gives sizes to dimensions that the model only names");
        }
        if (!summary.uncounted().isEmpty()) {
            text.append("; not counted: ").append(counts(summary.uncounted()));
        }
        return text.toString();
    }

    private static void values(StringBuilder text, String kind, List<Value> values) {
        for (Value value : values) {
            String shape = value.shape().map(Shape::toString).orElse("shape " + UNKNOWN);
            field(text, kind, value.name() + " " + value.type() + " " + shape);
        }
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(String.format("%-12s %s%n", name, value));
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%,d", value.getAsLong()) : UNKNOWN;
    }
}
