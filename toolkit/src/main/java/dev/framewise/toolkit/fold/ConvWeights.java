package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import java.util.List;
import java.util.Optional;

/** Changes of a convolution's weights [out, in / groups, height, width] and bias [out]. */
final class ConvWeights {
    private ConvWeights() {}

    /**
     * Lets a convolution give what a node behind it makes of its result: {@code factor[c] * y[c] + offset[c]} per output channel.
     *
     * @return false, and nothing is changed, where its weights are no constants
     */
    static boolean scale(Graph graph, Node conv, Node behind, float[] factor, float[] offset) {
        Optional<TensorProto> weights = graph.constant(conv.input(1));
        Optional<float[]> values = graph.floats(conv.input(1));
        Optional<float[]> bias =
                conv.input(2).isEmpty() ? Optional.of(new float[factor.length]) : graph.floats(conv.input(2));
        if (values.isEmpty() || bias.isEmpty() || bias.get().length != factor.length) {
            return false;
        }
        float[] scaled = values.get();
        int perChannel = scaled.length / factor.length;
        float[] shifted = bias.get();
        for (int c = 0; c < factor.length; c++) {
            for (int i = 0; i < perChannel; i++) {
                scaled[c * perChannel + i] *= factor[c];
            }
            shifted[c] = shifted[c] * factor[c] + offset[c];
        }
        String base = conv.name();
        String newWeights = graph.put(
                Tensors.floats(graph.freshName(base + ".weight"), Tensors.shape(weights.orElseThrow()), scaled));
        String newBias =
                graph.put(Tensors.floats(graph.freshName(base + ".bias"), new long[] {shifted.length}, shifted));
        // The convolution takes over the name of what the other made.
        graph.remove(conv);
        graph.remove(behind);
        Node merged = Node.of(conv.toProto().toBuilder()
                .clearInput()
                .addAllInput(List.of(conv.input(0), newWeights, newBias))
                .setOutput(0, behind.output())
                .build());
        graph.add(merged);
        return true;
    }
}
