package dev.framewise.toolkit.fold;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import java.util.List;
import java.util.Optional;

/**
 * Every {@code step}-th pixel of a tensor [batch, channels, height, width], both ways, as one Slice makes it, or one after the other.
 *
 * @param source the tensor that is cut
 * @param step the same for rows and columns
 * @param top first row
 * @param left first column
 */
record Piece(String source, int step, int top, int left) {
    private static final int ROWS = 2;
    private static final int COLUMNS = 3;

    /** The piece that a tensor is; empty where it is none. */
    static Optional<Piece> of(Graph graph, String tensor) {
        int[] steps = {1, 1};
        int[] starts = {0, 0};
        String at = tensor;
        for (Optional<Node> node = slice(graph, at); node.isPresent(); node = slice(graph, at)) {
            if (!take(graph, node.get(), steps, starts)) {
                return Optional.empty();
            }
            at = node.get().input(0);
        }
        return steps[0] == steps[1] && starts[0] < steps[0] && starts[1] < steps[1]
                ? Optional.of(new Piece(at, steps[0], starts[0], starts[1]))
                : Optional.empty();
    }

    private static Optional<Node> slice(Graph graph, String tensor) {
        return graph.producer(tensor).filter(node -> node.is("Slice"));
    }

    /** Takes account of one Slice; false where it does anything but skip pixels to the end. */
    private static boolean take(Graph graph, Node slice, int[] steps, int[] starts) {
        Optional<long[]> from = graph.integers(slice.input(1));
        Optional<long[]> to = graph.integers(slice.input(2));
        Optional<long[]> axes = graph.integers(slice.input(3));
        Optional<long[]> by = graph.integers(slice.input(4));
        if (from.isEmpty() || to.isEmpty() || axes.isEmpty() || by.isEmpty()) {
            return false;
        }
        for (int i = 0; i < axes.get().length; i++) {
            long axis = axes.get()[i] < 0 ? axes.get()[i] + 4 : axes.get()[i];
            boolean toTheEnd = to.get()[i] >= Integer.MAX_VALUE;
            if (axis < ROWS || axis > COLUMNS || !toTheEnd || from.get()[i] < 0 || by.get()[i] < 2) {
                return false;
            }
            int which = (int) axis - ROWS;
            if (steps[which] != 1) {
                return false;
            }
            steps[which] = (int) by.get()[i];
            starts[which] = (int) from.get()[i];
        }
        return true;
    }

    /** Whether it is cut from the same tensor in the same way as all these. */
    boolean isOfOneWith(List<Piece> others) {
        return others.stream().allMatch(other -> other.source.equals(source) && other.step == step);
    }
}
