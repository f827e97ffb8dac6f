package dev.framewise.toolkit.quantize;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Divides a graph into {@link Unit}s, and into followers: nodes that only move values or choose among them, which are INT8 exactly
 * where what they move is. Nodes that are neither stay in float.
 */
final class Units {
    private static final Set<String> WEIGHTED = Set.of("Conv", "MatMul", "Gemm");
    private static final Set<String> ALONE =
            Set.of("Add", "Mul", "Concat", "AveragePool", "GlobalAveragePool", "Sigmoid", "LeakyRelu");
    private static final Set<String> ACTIVATIONS = Set.of("Relu", "Clip", "LeakyRelu", "Sigmoid");
    private static final Set<String> FOLLOWERS = Set.of(
            "MaxPool", "Resize", "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten", "Slice", "Split", "Gather");

    private final Graph graph;
    private final List<Unit> units = new ArrayList<>();
    private final Map<Node, Unit> unitOf = new HashMap<>();
    private final List<Node> sorted;

    Units(Graph graph) {
        this.graph = graph;
        sorted = graph.sorted();
        for (Node node : sorted) {
            if (!unitOf.containsKey(node)) {
                List<Node> nodes = start(node);
                if (!nodes.isEmpty()) {
                    add(nodes);
                }
            }
        }
    }

    private void add(List<Node> nodes) {
        StringBuilder kind = new StringBuilder(kind(nodes.get(0)));
        if (nodes.size() == 3) {
            kind.append(" SiLU");
        } else if (nodes.size() == 2) {
            kind.append(' ').append(nodes.get(1).operator());
        }
        Unit unit = new Unit(
                units.size(),
                nodes.get(0).name(),
                kind.toString(),
                nodes,
                nodes.get(nodes.size() - 1).output());
        units.add(unit);
        nodes.forEach(node -> unitOf.put(node, unit));
    }

    private String kind(Node node) {
        if (!node.is("Conv")) {
            return node.operator();
        }
        long[] kernel = node.integers("kernel_shape");
        String size = kernel.length == 2 ? " " + kernel[0] + "x" + kernel[1] : "";
        return (node.integer("group", 1) > 1 ? "depthwise Conv" : "Conv") + size;
    }

    private List<Node> start(Node node) {
        boolean hasWeights = node.isAny(WEIGHTED) && graph.floats(node.input(1)).isPresent();
        boolean isJoin = node.isAny(ALONE)
                && node.inputs().stream().noneMatch(i -> graph.constant(i).isPresent());
        if ((!hasWeights && !isJoin) || isInteger(node)) {
            return List.of();
        }
        List<Node> nodes = new ArrayList<>(List.of(node));
        nodes.addAll(activation(node));
        return nodes;
    }

    /** Whether its numbers are known to be no floats: what comes of Shape and of indices. */
    private boolean isInteger(Node node) {
        Set<Node> seen = new HashSet<>();
        Node at = node;
        while (seen.add(at)) {
            Optional<Node> maker = graph.producer(at.input(0));
            if (at.isAny(Set.of("Shape", "ArgMax", "NonZero", "TopK", "Cast"))) {
                return true;
            }
            if (maker.isEmpty() || maker.get().isAny(WEIGHTED)) {
                return false;
            }
            at = maker.get();
        }
        return false;
    }

    private List<Node> activation(Node node) {
        String tensor = node.output();
        List<Node> readers = graph.consumers(tensor);
        if (graph.isOutput(tensor)) {
            return List.of();
        }
        if (readers.size() == 2) {
            return silu(tensor, readers);
        }
        boolean one = readers.size() == 1 && readers.get(0).isAny(ACTIVATIONS);
        return one && node.isAny(Set.of("Conv", "Gemm", "Add")) && isPlain(readers.get(0))
                ? List.of(readers.get(0))
                : List.of();
    }

    /** Clip is one where its bounds stand in the model. */
    private boolean isPlain(Node activation) {
        return !activation.is("Clip")
                || activation.inputs().stream()
                        .skip(1)
                        .allMatch(i -> i.isEmpty() || graph.floats(i).isPresent());
    }

    /** x and sigmoid(x), multiplied. */
    private List<Node> silu(String tensor, List<Node> readers) {
        Node sigmoid = readers.get(0).is("Sigmoid") ? readers.get(0) : readers.get(1);
        Node times = readers.get(0) == sigmoid ? readers.get(1) : readers.get(0);
        boolean fits = sigmoid.is("Sigmoid")
                && times.is("Mul")
                && times.inputs().contains(tensor)
                && times.inputs().contains(sigmoid.output())
                && graph.hasOneUse(sigmoid.output());
        return fits ? List.of(sigmoid, times) : List.of();
    }

    List<Unit> all() {
        return units;
    }

    int size() {
        return units.size();
    }

    /** All nodes in the order they run. */
    List<Node> sorted() {
        return sorted;
    }

    Optional<Unit> of(Node node) {
        return Optional.ofNullable(unitOf.get(node));
    }

    /** Names of the nodes that are INT8 when these units are: their own, and the followers behind them. */
    Set<String> int8Nodes(BitSet int8) {
        Set<String> chosen = new HashSet<>();
        for (Node node : sorted) {
            Unit unit = unitOf.get(node);
            if (unit != null ? int8.get(unit.index()) : follows(node, chosen)) {
                chosen.add(node.name());
            }
        }
        return chosen;
    }

    private boolean follows(Node node, Set<String> chosen) {
        return isFollower(node)
                && graph.producer(node.input(0))
                        .filter(maker -> chosen.contains(maker.name()))
                        .isPresent();
    }

    /** Whether a node hands on values as they are. */
    static boolean isFollower(Node node) {
        return node.isAny(FOLLOWERS)
                && (!node.is("Resize") || node.text("mode", "nearest").equals("nearest"));
    }

    /** The units whose values a unit reads, through followers. */
    List<Unit> before(Unit unit) {
        List<Unit> makers = new ArrayList<>();
        for (String input : unit.first().inputs()) {
            Optional<Node> maker = graph.producer(input);
            while (maker.isPresent() && isFollower(maker.get())) {
                maker = graph.producer(maker.get().input(0));
            }
            maker.flatMap(this::of).ifPresent(makers::add);
        }
        return makers;
    }
}
