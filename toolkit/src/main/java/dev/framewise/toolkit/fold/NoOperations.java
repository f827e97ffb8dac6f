package dev.framewise.toolkit.fold;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import java.util.Set;
import java.util.stream.IntStream;

/** Takes out nodes that hand on what they read: Identity, Dropout outside training, a Transpose that turns nothing. */
final class NoOperations implements Rewrite {
    @Override
    public String what() {
        return "nodes that do nothing taken out";
    }

    @Override
    public int apply(Graph graph) {
        int taken = 0;
        for (Node node : graph.nodes()) {
            if (doesNothing(graph, node) && graph.bypass(node)) {
                taken++;
            }
        }
        return taken;
    }

    private static boolean doesNothing(Graph graph, Node node) {
        if (node.isAny(Set.of("Identity", "Dropout"))) {
            // Dropout's mask is for training; a third input switches training on.
            return node.inputs().size() < 3
                    && node.outputs().stream().skip(1).allMatch(mask -> mask.isEmpty() || isUnread(graph, mask));
        }
        long[] order = node.is("Transpose") ? node.integers("perm") : new long[0];
        return order.length > 0 && IntStream.range(0, order.length).allMatch(i -> order[i] == i);
    }

    private static boolean isUnread(Graph graph, String tensor) {
        return graph.consumers(tensor).isEmpty() && !graph.isOutput(tensor);
    }
}
