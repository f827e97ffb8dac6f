package dev.framewise.toolkit.prune;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.inspect.ModelInspector;
import dev.framewise.toolkit.inspect.ModelSummary;
import dev.framewise.toolkit.trial.Stopwatch;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.vision.detect.ModelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What pruning saved: parameters, FLOPs, bytes, and CPU time, measured in turns, one thread, 10 runs of warm-up and 100 that count. Timed is
 * what would run: both models with their normalizations folded, as what {@code finetune} hands out is.
 */
public final class PruneReport {
    private static final int WARM_UP = 10;
    private static final int RUNS = 100;

    private PruneReport() {}

    /**
     * Measures two models, and says what is different, as Markdown.
     *
     * @param sizes of dimensions that the models only name; without them speed and FLOPs may be missing
     */
    public static String of(Path before, Path after, List<Pruner.LayerChange> layers, Map<String, Long> sizes)
            throws ModelException {
        Map<String, Long> all = new HashMap<>(sizes);
        all.putIfAbsent("batch", 1L);
        ModelSummary first = ModelInspector.inspect(before, all);
        ModelSummary second = ModelInspector.inspect(after, all);
        StringBuilder text = new StringBuilder("| | before | after | ratio |\n|---|---|---|---|\n");
        row(text, "parameters", first.parameters(), second.parameters());
        if (first.flops().isPresent() && second.flops().isPresent()) {
            row(text, "FLOPs", first.flops().getAsLong(), second.flops().getAsLong());
        }
        row(text, "bytes", first.sizeBytes(), second.sizeBytes());
        double[] millis = millis(ModelStore.read(before), ModelStore.read(after), all);
        if (millis.length == 2) {
            text.append(String.format(
                    Locale.ROOT,
                    "| CPU ms, folded | %.3f | %.3f | %.2f |%n",
                    millis[0],
                    millis[1],
                    millis[0] / millis[1]));
        } else {
            text.append("\nNot timed: the model leaves sizes of its input open; name them with --dim.\n");
        }
        text.append("\n| layer | filters before | after |\n|---|---|---|\n");
        for (Pruner.LayerChange layer : layers) {
            text.append(String.format(Locale.ROOT, "| %s | %d | %d |%n", layer.layer(), layer.before(), layer.after()));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String what, long before, long after) {
        text.append(String.format(
                Locale.ROOT, "| %s | %d | %d | %.2f |%n", what, before, after, before / (double) Math.max(1, after)));
    }

    /**
     * Median CPU milliseconds of one run of each of two models, both folded, in turns; empty where a size is open.
     *
     * @param sizes of dimensions that the models only name
     */
    public static double[] millis(ModelProto before, ModelProto after, Map<String, Long> sizes) throws ModelException {
        ValueInfoProto input = Graph.of(before).inputs().get(0);
        long[] shape = input.getType().getTensorType().getShape().getDimList().stream()
                .mapToLong(dimension -> size(dimension, sizes))
                .toArray();
        if (Arrays.stream(shape).anyMatch(size -> size <= 0)) {
            return new double[0];
        }
        int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        try (TrialSession first = TrialSession.open("before", folded(before));
                TrialSession second = TrialSession.open("after", folded(after))) {
            first.give(input.getName(), new float[count], shape);
            second.give(Graph.of(after).inputs().get(0).getName(), new float[count], shape);
            return Stopwatch.medians(List.of(first, second), WARM_UP, RUNS);
        }
    }

    private static ModelProto folded(ModelProto model) throws ModelException {
        Graph graph = Graph.of(model);
        Rewrites.fold(graph);
        return graph.toModel();
    }

    private static long size(Dimension dimension, Map<String, Long> sizes) {
        return dimension.getDimParam().isEmpty()
                ? dimension.getDimValue()
                : sizes.getOrDefault(dimension.getDimParam(), 0L);
    }
}
