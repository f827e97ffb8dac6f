package dev.framewise.toolkit.prune;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows channels through a graph: where they are made, which operators hand them on, where two meet and must stay or go together. An
 * addition joins the channels of its operands one by one, a concatenation puts them side by side, a depthwise convolution hands
 * them on, a convolution in groups joins those at the same place of each group. Channels that reach an operator which is not known here,
 * or an output, are bound: they stay.
 */
final class ChannelFlow {
    /** Hand on the channels of their first input. */
    private static final Set<String> TRANSPARENT = Set.of(
            "Relu",
            "LeakyRelu",
            "Sigmoid",
            "HardSwish",
            "HardSigmoid",
            "Tanh",
            "Clip",
            "Exp",
            "Identity",
            "Dropout",
            "MaxPool",
            "AveragePool",
            "GlobalAveragePool",
            "GlobalMaxPool",
            "Resize",
            "Elu",
            "Softplus");

    private static final Set<String> ELEMENTWISE = Set.of("Add", "Sub", "Mul", "Div");

    /**
     * A constant that loses what its channels lose.
     *
     * @param input of the node, where the constant stands
     * @param channels along that axis of the constant
     */
    record Cut(Node node, int input, int axis, int[] channels) {}

    /** A layer that makes channels: its weights have one filter a channel along an axis. */
    record Layer(Node node, int axis, int[] channels) {}

    private final Graph graph;
    private final ChannelSets sets = new ChannelSets();
    private final Map<String, int[]> channels = new HashMap<>();
    /** Tensors of one number a channel, which Flatten turns into channels again. */
    private final Set<String> pooled = new HashSet<>();

    private final List<Cut> cuts = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final List<Node> depthwise = new ArrayList<>();

    ChannelFlow(Graph graph) {
        this.graph = graph;
        graph.sorted().forEach(this::follow);
        graph.outputs().forEach(output -> bind(output.getName()));
    }

    ChannelSets sets() {
        return sets;
    }

    List<Cut> cuts() {
        return cuts;
    }

    List<Layer> layers() {
        return layers;
    }

    /** Convolutions whose number of groups is that of their channels. */
    List<Node> depthwise() {
        return depthwise;
    }

    int[] channels(String tensor) {
        return channels.get(tensor);
    }

    private void bind(String tensor) {
        if (channels.containsKey(tensor)) {
            sets.bind(channels.get(tensor));
        }
    }

    private void follow(Node node) {
        int[] in = channels.get(node.input(0));
        if (node.is("Conv")) {
            convolution(node, in);
        } else if (node.is("Gemm") || node.is("MatMul")) {
            matrix(node, in);
        } else if (node.is("Concat") && node.integer("axis", 1) == 1) {
            concatenation(node);
        } else if (node.isAny(ELEMENTWISE)) {
            elementwise(node);
        } else if (in == null) {
            node.inputs().forEach(this::bind);
        } else if (node.isAny(TRANSPARENT)) {
            handOn(node, in);
        } else if (node.is("BatchNormalization")) {
            for (int input = 1; input <= 4; input++) {
                cuts.add(new Cut(node, input, 0, in));
            }
            handOn(node, in);
        } else if (node.is("Flatten") && pooled.contains(node.input(0))) {
            handOn(node, in);
        } else {
            node.inputs().forEach(this::bind);
        }
    }

    private void handOn(Node node, int[] in) {
        channels.put(node.output(), in);
        if (node.operator().startsWith("Global") || pooled.contains(node.input(0))) {
            pooled.add(node.output());
        }
    }

    private void convolution(Node node, int[] in) {
        long[] shape = shape(node.input(1));
        if (shape.length == 0) {
            node.inputs().forEach(this::bind);
            return;
        }
        int groups = (int) node.integer("group", 1);
        int filters = (int) shape[0];
        if (groups > 1 && groups == filters && in != null && in.length == filters) {
            depthwise.add(node);
            cuts.add(new Cut(node, 1, 0, in));
            bias(node, in);
            handOn(node, in);
            return;
        }
        int[] out = sets.add(filters);
        if (groups > 1) {
            joinGroups(out, groups);
            if (in != null) {
                joinGroups(in, groups);
            }
        }
        if (in != null) {
            cuts.add(new Cut(node, 1, 1, Arrays.copyOf(in, in.length / groups)));
        }
        made(node, 0, out);
    }

    private void joinGroups(int[] all, int groups) {
        int each = all.length / groups;
        for (int i = each; i < all.length; i++) {
            sets.join(all[i % each], all[i]);
        }
    }

    private void matrix(Node node, int[] in) {
        long[] shape = shape(node.input(1));
        if (shape.length != 2 || node.integer("transA", 0) != 0) {
            node.inputs().forEach(this::bind);
            return;
        }
        int outAxis = node.is("Gemm") && node.integer("transB", 0) != 0 ? 0 : 1;
        if (in != null && in.length == shape[1 - outAxis]) {
            cuts.add(new Cut(node, 1, 1 - outAxis, in));
        } else {
            bind(node.input(0));
        }
        made(node, outAxis, sets.add((int) shape[outAxis]));
    }

    private void made(Node node, int axis, int[] out) {
        cuts.add(new Cut(node, 1, axis, out));
        bias(node, out);
        layers.add(new Layer(node, axis, out));
        channels.put(node.output(), out);
    }

    private void bias(Node node, int[] of) {
        if (!node.input(2).isEmpty()) {
            cuts.add(new Cut(node, 2, 0, of));
        }
    }

    private void concatenation(Node node) {
        if (node.inputs().stream().anyMatch(input -> !channels.containsKey(input))) {
            node.inputs().forEach(this::bind);
            return;
        }
        channels.put(
                node.output(),
                node.inputs().stream()
                        .flatMapToInt(input -> Arrays.stream(channels.get(input)))
                        .toArray());
    }

    private void elementwise(Node node) {
        int[] left = channels.get(node.input(0));
        int[] right = channels.get(node.input(1));
        if (left != null && right != null && left.length == right.length) {
            for (int i = 0; i < left.length; i++) {
                sets.join(left[i], right[i]);
            }
            channels.put(node.output(), left);
            return;
        }
        int constant = left == null ? 0 : 1;
        int[] of = left == null ? right : left;
        if (of == null || graph.constant(node.input(constant)).isEmpty() || !withConstant(node, constant, of)) {
            node.inputs().forEach(this::bind);
        }
    }

    /** Whether a constant is one number, or one a channel; then the channels are handed on. */
    private boolean withConstant(Node node, int constant, int[] of) {
        long[] shape = shape(node.input(constant));
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        int axis = shape.length - 3;
        boolean perChannel = axis >= 0 && shape[axis] == of.length && count == of.length;
        if (perChannel) {
            cuts.add(new Cut(node, constant, axis, of));
        }
        if (perChannel || count == 1) {
            channels.put(node.output(), of);
            return true;
        }
        return false;
    }

    private long[] shape(String constant) {
        return graph.constant(constant)
                .map(tensor ->
                        tensor.getDimsList().stream().mapToLong(Long::longValue).toArray())
                .orElse(new long[0]);
    }
}
