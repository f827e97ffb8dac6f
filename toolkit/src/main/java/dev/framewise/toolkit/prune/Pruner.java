package dev.framewise.toolkit.prune;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.vision.detect.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes the weakest filters out of a graph: those whose weights, times the scale of the normalization behind them, are shortest. Filters
 * that must go together are as strong as they are on average, each measured against the mean of its layer.
 *
 * <p>Source: Li et al., Pruning Filters for Efficient ConvNets, arXiv 1608.08710, section 3.1, with the Euclidean norm; sets of filters as in
 * Fang et al., DepGraph, arXiv 2301.12900, section 3.
 */
public final class Pruner {
    /**
     * What became of a layer.
     *
     * @param before filters it had
     * @param after filters it has
     */
    public record LayerChange(String layer, int before, int after) {}

    /** A smaller model, and its layers in order. */
    public record Pruned(ModelProto model, List<LayerChange> layers) {}

    private final Graph graph;
    private final ChannelFlow flow;
    private final PruneOptions options;

    private Pruner(ModelProto model, PruneOptions options) {
        graph = Graph.of(model);
        flow = new ChannelFlow(graph);
        this.options = options;
    }

    /**
     * Prunes a model.
     *
     * @throws ModelException if no filter of it may go
     */
    public static Pruned prune(ModelProto model, PruneOptions options) throws ModelException {
        return new Pruner(model, options).run();
    }

    private Pruned run() throws ModelException {
        Set<Integer> gone = choose(strengths());
        if (gone.isEmpty()) {
            throw new ModelException("no filter may go: all channels reach an output or an operator through which they"
                    + " cannot be followed, or there are too few of them for a multiple of " + options.multiple());
        }
        List<LayerChange> changes = new ArrayList<>();
        for (ChannelFlow.Layer layer : flow.layers()) {
            changes.add(
                    new LayerChange(layer.node().name(), layer.channels().length, kept(layer.channels(), gone).length));
        }
        for (ChannelFlow.Cut cut : flow.cuts()) {
            apply(cut, kept(cut.channels(), gone));
        }
        for (Node node : flow.depthwise()) {
            node.set("group", (long) kept(flow.channels(node.input(0)), gone).length);
        }
        graph.removeUnused();
        return new Pruned(graph.toModel(), changes);
    }

    /** Indices of the channels that stay. */
    private int[] kept(int[] channels, Set<Integer> gone) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < channels.length; i++) {
            if (!gone.contains(flow.sets().set(channels[i]))) {
                kept.add(i);
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Strength of each set that may go. */
    private Map<Integer, Double> strengths() {
        Map<Integer, double[]> sums = new LinkedHashMap<>();
        for (ChannelFlow.Layer layer : flow.layers()) {
            double[] norms = norms(layer);
            double mean = Arrays.stream(norms).average().orElse(1);
            for (int i = 0; i < norms.length; i++) {
                if (!flow.sets().isBound(layer.channels()[i])) {
                    double[] sum = sums.computeIfAbsent(flow.sets().set(layer.channels()[i]), set -> new double[2]);
                    sum[0] += mean > 0 ? norms[i] / mean : 0;
                    sum[1]++;
                }
            }
        }
        Map<Integer, Double> strengths = new LinkedHashMap<>();
        sums.forEach((set, sum) -> strengths.put(set, sum[0] / sum[1]));
        return strengths;
    }

    private double[] norms(ChannelFlow.Layer layer) {
        float[] weights = graph.floats(layer.node().input(1)).orElse(new float[0]);
        int filters = layer.channels().length;
        double[] norms = new double[filters];
        int perFilter = weights.length / filters;
        for (int i = 0; i < weights.length; i++) {
            int filter = layer.axis() == 0 ? i / perFilter : i % filters;
            norms[filter] += (double) weights[i] * weights[i];
        }
        double[] scale = scale(layer.node(), filters);
        for (int i = 0; i < filters; i++) {
            norms[i] = Math.sqrt(norms[i]) * scale[i];
        }
        return norms;
    }

    /** What the normalization behind a layer multiplies its channels by; 1 where there is none. */
    private double[] scale(Node node, int filters) {
        double[] scale = new double[filters];
        Arrays.fill(scale, 1);
        List<Node> readers = graph.consumers(node.output());
        if (readers.size() == 1 && readers.get(0).is("BatchNormalization")) {
            Node norm = readers.get(0);
            float[] factor = graph.floats(norm.input(1)).orElseThrow();
            float[] variance = graph.floats(norm.input(4)).orElseThrow();
            for (int i = 0; i < filters; i++) {
                scale[i] = Math.abs(factor[i]) / Math.sqrt(variance[i] + (double) norm.number("epsilon", 1e-5f));
            }
        }
        return scale;
    }

    /** Layers whose channels are joined lose the same number of them: one family. */
    private Map<Integer, List<Integer>> families(Set<Integer> prunable) {
        ChannelSets families = new ChannelSets();
        Map<Integer, Integer> familyOf = new HashMap<>();
        for (ChannelFlow.Layer layer : flow.layers()) {
            int family = families.add(1)[0];
            for (int channel : layer.channels()) {
                Integer other = familyOf.putIfAbsent(flow.sets().set(channel), family);
                if (other != null) {
                    families.join(other, family);
                }
            }
        }
        Map<Integer, List<Integer>> members = new TreeMap<>();
        familyOf.forEach((set, family) -> {
            if (prunable.contains(set)) {
                members.computeIfAbsent(families.set(family), f -> new ArrayList<>())
                        .add(set);
            }
        });
        return members;
    }

    private Set<Integer> choose(Map<Integer, Double> strengths) {
        double threshold = Double.NEGATIVE_INFINITY;
        if (options.global()) {
            double[] sorted = strengths.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            threshold = sorted.length == 0 ? threshold : sorted[(int) (options.amount() * sorted.length)];
        }
        Set<Integer> gone = new HashSet<>();
        for (List<Integer> family : families(strengths.keySet()).values()) {
            family.sort(
                    Comparator.comparing((Integer set) -> strengths.get(set)).thenComparing(set -> set));
            double limit = threshold;
            long weak = options.global()
                    ? family.stream().filter(set -> strengths.get(set) < limit).count()
                    : (long) (options.amount() * family.size());
            long stays = Math.max(1, family.size() - weak);
            long rounded =
                    Math.min(family.size(), (stays + options.multiple() - 1) / options.multiple() * options.multiple());
            gone.addAll(family.subList(0, (int) (family.size() - rounded)));
        }
        return gone;
    }

    private void apply(ChannelFlow.Cut cut, int[] kept) {
        TensorProto tensor = graph.constant(cut.node().input(cut.input())).orElseThrow();
        if (kept.length == tensor.getDims(cut.axis())) {
            return;
        }
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        float[] values = Tensors.floats(tensor).orElseThrow();
        int inner = 1;
        for (int i = cut.axis() + 1; i < shape.length; i++) {
            inner *= (int) shape[i];
        }
        int along = (int) shape[cut.axis()];
        int outer = values.length / (inner * along);
        float[] smaller = new float[outer * kept.length * inner];
        for (int o = 0; o < outer; o++) {
            for (int k = 0; k < kept.length; k++) {
                System.arraycopy(values, (o * along + kept[k]) * inner, smaller, (o * kept.length + k) * inner, inner);
            }
        }
        shape[cut.axis()] = kept.length;
        // a constant that two nodes share may be cut along two sets of channels: each gets its own
        String name = graph.put(Tensors.floats(graph.freshName(tensor.getName() + ".pruned"), shape, smaller));
        graph.setInput(cut.node(), cut.input(), name);
    }
}
