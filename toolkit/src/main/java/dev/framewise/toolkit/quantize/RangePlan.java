package dev.framewise.toolkit.quantize;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * The range of every tensor: what an observer read off, less what makes no difference.
 *
 * <ul>
 *   <li>A sigmoid gives 0 to 1, whatever was seen.
 *   <li>Below some point a SiLU gives all but nothing, and beyond some a sigmoid all but 0 or 1. Values past the point where what the
 *       function does changes by less than half a step of its own result need no steps. That is not a rule for one model: it follows from
 *       the function and the range of what it gives. (For SiLU the point comes out between -5 and -8.)
 *   <li>Where a node only moves values, or puts tensors together, what it reads and gives shares one range, so that it moves bytes:
 *       {@link #shared}.
 * </ul>
 */
final class RangePlan {
    private static final float FARTHEST = 16;
    private static final float STEP = 1 / 16f;

    private final Map<String, Range> ranges = new HashMap<>();
    private final Graph graph;

    /**
     * Plans.
     *
     * @param stats of every tensor of floats that a node makes or the model takes
     */
    RangePlan(Graph graph, Units units, Map<String, TensorStats> stats, Observer observer) {
        this.graph = graph;
        stats.forEach((tensor, seen) -> ranges.put(tensor, observer.range(seen)));
        for (Node node : units.sorted()) {
            if (node.is("Sigmoid")) {
                ranges.put(node.output(), Range.UNIT);
            }
        }
        for (Node node : units.sorted()) {
            if (node.is("Sigmoid") && ranges.containsKey(node.input(0))) {
                clip(node);
            }
        }
    }

    private void clip(Node sigmoid) {
        String x = sigmoid.input(0);
        List<Node> readers = graph.consumers(x);
        Node times = readers.stream().filter(node -> node.is("Mul")).findFirst().orElse(sigmoid);
        boolean silu = readers.size() == 2 && times.inputs().contains(sigmoid.output());
        if (graph.isOutput(x) || (readers.size() != 1 && !silu)) {
            return;
        }
        Range given = ranges.get(silu ? times.output() : sigmoid.output());
        DoubleUnaryOperator function = silu ? v -> v * logistic(v) : RangePlan::logistic;
        float half = given.scale() / 2;
        float least = -farthest(v -> function.applyAsDouble(-v), 0, half);
        float most = silu ? Float.MAX_VALUE : farthest(function, 1, half);
        ranges.put(x, ranges.get(x).within(least, most));
    }

    /** The point from which on a function stays within {@code apart} of its limit. */
    private static float farthest(DoubleUnaryOperator function, double limit, float apart) {
        float at = FARTHEST;
        while (at > STEP && Math.abs(function.applyAsDouble(at - STEP) - limit) <= apart) {
            at -= STEP;
        }
        return at;
    }

    private static double logistic(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    /** Whether a tensor was seen at all. */
    boolean has(String tensor) {
        return ranges.containsKey(tensor);
    }

    /** The ranges where some nodes are INT8: those that only move values, and Concat, share theirs. */
    Map<String, Range> shared(List<Node> sorted, Set<String> int8Nodes) {
        Map<String, String> parents = new HashMap<>();
        for (Node node : sorted) {
            boolean moves = node.is("Concat") || Units.isFollower(node);
            if (moves && int8Nodes.contains(node.name())) {
                List<String> inputs =
                        node.is("Concat") ? node.inputs() : node.inputs().subList(0, 1);
                for (String tensor : inputs) {
                    node.outputs().forEach(output -> join(parents, tensor, output));
                }
            }
        }
        Map<String, Range> roots = new HashMap<>();
        ranges.forEach((tensor, range) -> roots.merge(root(parents, tensor), range, Range::union));
        Map<String, Range> shared = new HashMap<>();
        ranges.keySet().forEach(tensor -> shared.put(tensor, roots.get(root(parents, tensor))));
        return shared;
    }

    private static void join(Map<String, String> parents, String a, String b) {
        String rootA = root(parents, a);
        String rootB = root(parents, b);
        if (!rootA.equals(rootB)) {
            parents.put(rootA, rootB);
        }
    }

    private static String root(Map<String, String> parents, String tensor) {
        String at = tensor;
        while (parents.containsKey(at)) {
            at = parents.get(at);
        }
        return at;
    }
}
