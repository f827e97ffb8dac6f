package dev.framewise.toolkit.fold;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.vision.detect.ModelException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What of the picture's size is baked into a graph. Shapes that Reshape is given, such as [1, 64, 2080], can be made to follow: the
 * sizes before and after it are matched from the front, and those that follow the pixels are replaced. Values for each cell, such as a
 * grid that decodes boxes, cannot: nobody knows how to make them for another size.
 */
final class BakedShapes {
    private static final Set<String> ELEMENTWISE = Set.of("Add", "Sub", "Mul", "Div", "Pow", "Max", "Min");

    private BakedShapes() {}

    /** From one shape of the input, [1, 3, height, width], to another. */
    private record Change(long[] before, long[] after) {
        /** Whether sizes are the height and the width of a plane, by one stride: then both are known of another input, too. */
        boolean isPlane(long[] sizes, int from, int to) {
            return to - from == 2
                    && before[2] % sizes[from] == 0
                    && before[3] % sizes[from + 1] == 0
                    && before[2] / sizes[from] == before[3] / sizes[from + 1]
                    && after[2] % (before[2] / sizes[from]) == 0
                    && after[3] % (before[2] / sizes[from]) == 0;
        }

        long scaled(long size, int at) {
            return size * after[at] / before[at];
        }
    }

    /**
     * Lets all shapes follow a new input shape.
     *
     * @param graph is changed
     * @param before the input shape it was made for, all sizes known
     * @param after the one it is to take
     * @throws ModelException if a Reshape takes pixels apart, so that nobody knows its new target
     */
    static void follow(Graph graph, long[] before, long[] after) throws ModelException {
        Graph old = graph.copy();
        for (Node node : graph.sorted()) {
            Optional<long[]> target = node.is("Reshape") ? graph.integers(node.input(1)) : Optional.empty();
            if (target.isPresent()) {
                long[] from = TensorShapes.of(old, node.input(0), before);
                long[] to = TensorShapes.of(graph, node.input(0), after);
                boolean zeroIsZero = node.integer("allowzero", 0) != 0;
                long[] resolved = TensorShapes.reshaped(target.get(), from, zeroIsZero);
                long[] sizes = follow(node, target.get(), resolved, from, to, new Change(before, after));
                if (!Arrays.equals(sizes, target.get())) {
                    String name = graph.freshName(node.input(1) + ".sized");
                    graph.setInput(node, 1, graph.put(Tensors.longs(name, sizes)));
                }
            }
        }
    }

    /** The new target of a Reshape, what it leaves open left open; groups of sizes with the same product belong together. */
    private static long[] follow(Node node, long[] said, long[] target, long[] from, long[] to, Change change)
            throws ModelException {
        long[] sizes = said.clone();
        int read = 0;
        int made = 0;
        while (read < from.length && made < sizes.length) {
            int firstMade = made;
            long old = from[read];
            long now = to[read++];
            long product = target[made++];
            while (old != product && (old < product ? read < from.length : made < target.length)) {
                if (old < product) {
                    now *= to[read];
                    old *= from[read++];
                } else {
                    product *= target[made++];
                }
            }
            if (old != now && made - firstMade > 1 && !change.isPlane(target, firstMade, made)) {
                throw new ModelException(
                        node + " makes " + Arrays.toString(target) + " of " + Arrays.toString(from)
                                + ", which takes pixels apart: its new target is not known. Export the model anew at this size");
            }
            if (old != now && made - firstMade > 1) {
                sizes[firstMade] = change.scaled(target[firstMade], 2);
                sizes[firstMade + 1] = change.scaled(target[firstMade + 1], 3);
            } else if (old != now && said[firstMade] > 0) {
                sizes[firstMade] = now;
            }
        }
        return sizes;
    }

    /**
     * The first node that cannot take the new shape because it reads values for each cell of the old one, in words.
     *
     * @param after the input shape that failed
     */
    static Optional<String> grid(Graph graph, long[] after) {
        for (Node node : graph.sorted()) {
            if (!node.isAny(ELEMENTWISE) || node.inputs().size() != 2) {
                continue;
            }
            for (int constant = 0; constant < 2; constant++) {
                Optional<String> found = grid(graph, node, constant, after);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> grid(Graph graph, Node node, int constant, long[] after) {
        Optional<long[]> baked = graph.constant(node.input(constant))
                .map(tensor ->
                        tensor.getDimsList().stream().mapToLong(Long::longValue).toArray());
        if (baked.isEmpty() || graph.producer(node.input(1 - constant)).isEmpty()) {
            return Optional.empty();
        }
        long[] values;
        try {
            values = TensorShapes.of(graph, node.input(1 - constant), after);
        } catch (ModelException e) {
            // It breaks before this node: not this one's fault.
            return Optional.empty();
        }
        int shared = Math.min(values.length, baked.get().length);
        for (int i = 1; i <= shared; i++) {
            long one = values[values.length - i];
            long other = baked.get()[baked.get().length - i];
            if (one != other && one != 1 && other != 1) {
                return Optional.of(node + " has values for each cell baked in, " + Arrays.toString(baked.get())
                        + " where this size makes " + Arrays.toString(values));
            }
        }
        return Optional.empty();
    }
}
