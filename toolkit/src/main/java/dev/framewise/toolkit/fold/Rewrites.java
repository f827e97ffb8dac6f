package dev.framewise.toolkit.fold;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.vision.detect.ModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rewrites that make a graph cheaper, in an order in which one prepares the next. */
public final class Rewrites {
    private static final List<Rewrite> ALL = List.of(
            new NoOperations(),
            new ConstantFold(),
            new NormFold(),
            new ScaleFold(),
            new FocusFold(),
            new TransposeLift());

    private Rewrites() {}

    /**
     * Folds what can be folded, until nothing more can.
     *
     * @return how many places each kind of change was made at, by what it does; kinds without a place are left out
     * @throws ModelException if ONNX Runtime cannot compute a constant
     */
    public static Map<String, Integer> fold(Graph graph) throws ModelException {
        Map<String, Integer> done = new LinkedHashMap<>();
        int changes = -1;
        while (changes != 0) {
            changes = 0;
            for (Rewrite rewrite : ALL) {
                int places = rewrite.apply(graph);
                if (places > 0) {
                    done.merge(rewrite.what(), places, Integer::sum);
                    graph.removeUnused();
                }
                changes += places;
            }
        }
        graph.removeUnused();
        return done;
    }
}
