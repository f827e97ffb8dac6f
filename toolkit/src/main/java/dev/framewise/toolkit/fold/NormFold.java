package dev.framewise.toolkit.fold;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import java.util.Optional;

/**
 * Folds a BatchNormalization into the convolution before it.
 *
 * <p>y = (conv(x) - mean) / sqrt(var + epsilon) * scale + shift is a convolution again, its weights times the factor of each output
 * channel (Ioffe and Szegedy 2015, section 3.1).
 */
final class NormFold implements Rewrite {
    private static final float DEFAULT_EPSILON = 1e-5f;

    @Override
    public String what() {
        return "normalizations folded into the convolution before them";
    }

    @Override
    public int apply(Graph graph) {
        int folded = 0;
        for (Node norm : graph.nodes()) {
            Optional<Node> conv = norm.is("BatchNormalization")
                    ? graph.producer(norm.input(0)).filter(node -> node.is("Conv") && graph.hasOneUse(node.output()))
                    : Optional.empty();
            if (conv.isPresent() && fold(graph, conv.get(), norm)) {
                folded++;
            }
        }
        return folded;
    }

    private static boolean fold(Graph graph, Node conv, Node norm) {
        Optional<float[]> scale = graph.floats(norm.input(1));
        Optional<float[]> shift = graph.floats(norm.input(2));
        Optional<float[]> mean = graph.floats(norm.input(3));
        Optional<float[]> variance = graph.floats(norm.input(4));
        if (scale.isEmpty() || shift.isEmpty() || mean.isEmpty() || variance.isEmpty()) {
            return false;
        }
        double epsilon = norm.number("epsilon", DEFAULT_EPSILON);
        float[] factor = new float[scale.get().length];
        float[] offset = new float[factor.length];
        for (int c = 0; c < factor.length; c++) {
            double by = scale.get()[c] / Math.sqrt(variance.get()[c] + epsilon);
            factor[c] = (float) by;
            offset[c] = (float) (shift.get()[c] - mean.get()[c] * by);
        }
        return ConvWeights.scale(graph, conv, norm, factor, offset);
    }
}
