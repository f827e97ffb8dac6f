package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Folds a multiplication by, or an addition of, one number per channel into the convolution before it. */
final class ScaleFold implements Rewrite {
    @Override
    public String what() {
        return "scales and shifts folded into the convolution before them";
    }

    @Override
    public int apply(Graph graph) {
        int folded = 0;
        for (Node node : graph.nodes()) {
            if (node.isAny(Set.of("Mul", "Add")) && fold(graph, node)) {
                folded++;
            }
        }
        return folded;
    }

    private static boolean fold(Graph graph, Node node) {
        int constantAt = graph.floats(node.input(1)).isPresent() ? 1 : 0;
        Optional<Node> conv = graph.producer(node.input(1 - constantAt))
                .filter(maker -> maker.is("Conv") && graph.hasOneUse(maker.output()));
        Optional<TensorProto> constant = graph.constant(node.input(constantAt));
        Optional<float[]> values = graph.floats(node.input(constantAt));
        if (conv.isEmpty()
                || values.isEmpty()
                || graph.constant(conv.get().input(1)).isEmpty()) {
            return false;
        }
        int channels = (int) graph.constant(conv.get().input(1)).get().getDims(0);
        long[] shape = Tensors.shape(constant.orElseThrow());
        // [C, 1, 1] and [1, C, 1, 1] go along the channels; so does a single number.
        boolean single = values.get().length == 1 && shape.length <= 4;
        boolean perChannel = values.get().length == channels
                && (shape.length == 3 || shape.length == 4)
                && shape[shape.length - 3] == channels;
        if (!single && !perChannel) {
            return false;
        }
        float[] per = new float[channels];
        for (int c = 0; c < channels; c++) {
            per[c] = values.get()[single ? 0 : c];
        }
        float[] neutral = new float[channels];
        boolean scales = node.is("Mul");
        Arrays.fill(neutral, scales ? 0 : 1);
        return scales
                ? ConvWeights.scale(graph, conv.get(), node, per, neutral)
                : ConvWeights.scale(graph, conv.get(), node, neutral, per);
    }
}
