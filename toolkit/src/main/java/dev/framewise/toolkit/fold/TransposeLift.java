package dev.framewise.toolkit.fold;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves a Transpose towards the inputs: through a Concat, through functions of single numbers, and through a Reshape that
 * flattens the picture of [batch, channels, height, width]. At the tails of detectors it ends up right behind the convolutions,
 * where it costs least: quantized convolutions give channels last anyway.
 */
final class TransposeLift implements Rewrite {
    private static final Set<String> SINGLE_NUMBERS = Set.of("Sigmoid", "Relu", "Tanh", "Exp", "Neg", "Abs", "Sqrt");
    private static final long[] CHANNELS_LAST = {0, 2, 3, 1};

    @Override
    public String what() {
        return "transposes moved towards the inputs";
    }

    @Override
    public int apply(Graph graph) {
        int moved = 0;
        for (Node transpose : graph.nodes()) {
            if (transpose.is("Transpose") && transpose.find("perm").isPresent()) {
                Optional<Node> before =
                        graph.producer(transpose.input(0)).filter(node -> graph.hasOneUse(node.output()));
                if (before.isPresent() && lift(graph, transpose, before.get())) {
                    moved++;
                }
            }
        }
        return moved;
    }

    private static boolean lift(Graph graph, Node transpose, Node before) {
        long[] order = transpose.integers("perm");
        if (before.is("Concat") && before.inputs().size() > 1) {
            long axis = before.integer("axis", 0);
            long from = axis < 0 ? axis + order.length : axis;
            Node concat = swapped(graph, transpose, before);
            concat.set("axis", indexOf(order, from));
            return true;
        }
        if (before.isAny(SINGLE_NUMBERS)) {
            swapped(graph, transpose, before);
            return true;
        }
        return before.is("Reshape")
                && Arrays.equals(order, new long[] {0, 2, 1})
                && liftReshape(graph, transpose, before);
    }

    private static long indexOf(long[] order, long axis) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] == axis) {
                return i;
            }
        }
        throw new IllegalStateException(Arrays.toString(order) + " leaves out axis " + axis);
    }

    /** The other node behind a Transpose of each of its inputs, in place of a Transpose behind the other node. */
    private static Node swapped(Graph graph, Node transpose, Node before) {
        List<String> turned = new ArrayList<>();
        for (String input : before.inputs()) {
            turned.add(turn(graph, input, transpose.integers("perm")));
        }
        return replace(graph, transpose, before, turned);
    }

    private static String turn(Graph graph, String tensor, long[] order) {
        String name = graph.freshName(tensor + ".turned");
        graph.add(Node.of("Transpose", graph.freshName(name + ".node"), List.of(tensor), name)
                .set("perm", order));
        return name;
    }

    private static Node replace(Graph graph, Node transpose, Node before, List<String> inputs) {
        graph.remove(transpose);
        graph.remove(before);
        Node moved = Node.of(before.toProto().toBuilder()
                .clearInput()
                .addAllInput(inputs)
                .setOutput(0, transpose.output())
                .build());
        return graph.add(moved);
    }

    /** [b, C, H, W] flattened to [b, C, -1] and turned to [b, -1, C] is the same turned first, flattened then. */
    private static boolean liftReshape(Graph graph, Node transpose, Node reshape) {
        Optional<long[]> target = graph.integers(reshape.input(1));
        Optional<Integer> channels = channels(graph, reshape.input(0));
        if (target.isEmpty()
                || channels.isEmpty()
                || target.get().length != 3
                || target.get()[1] != channels.get()
                || target.get()[2] != -1) {
            return false;
        }
        String shape = graph.put(
                Tensors.longs(graph.freshName(reshape.input(1) + ".turned"), target.get()[0], -1, channels.get()));
        replace(graph, transpose, reshape, List.of(turn(graph, reshape.input(0), CHANNELS_LAST), shape));
        return true;
    }

    /** Number of channels of a tensor [b, C, H, W] that comes out of convolutions; empty where it cannot be told. */
    private static Optional<Integer> channels(Graph graph, String tensor) {
        Optional<Node> maker = graph.producer(tensor);
        if (maker.isEmpty()) {
            return Optional.empty();
        }
        if (maker.get().is("Conv")) {
            return graph.constant(maker.get().input(1))
                    .filter(weights -> weights.getDimsCount() == 4)
                    .map(weights -> (int) weights.getDims(0));
        }
        if (maker.get().isAny(SINGLE_NUMBERS)) {
            return channels(graph, maker.get().input(0));
        }
        if (maker.get().is("Concat") && maker.get().integer("axis", 0) == 1) {
            int sum = 0;
            for (String input : maker.get().inputs()) {
                Optional<Integer> part = channels(graph, input);
                if (part.isEmpty()) {
                    return Optional.empty();
                }
                sum += part.get();
            }
            return Optional.of(sum);
        }
        return Optional.empty();
    }
}
