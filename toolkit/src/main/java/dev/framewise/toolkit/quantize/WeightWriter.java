package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Quantizes the weights and the bias of one node: int8, symmetric, a scale per output channel; int32 at the scale of the products. */
final class WeightWriter {
    private static final float MOST = 127;
    private static final float LEAST_SCALE = 1e-8f;
    /** Room below 2^31 for what is added up. */
    private static final double MOST_BIAS = 1 << 30;

    private final Graph graph;
    private final Map<String, Range> ranges;

    WeightWriter(Graph graph, Map<String, Range> ranges) {
        this.graph = graph;
        this.ranges = ranges;
    }

    /** Puts int8 weights into the place of a node's float ones, where it has any. */
    void quantize(Node node) {
        Optional<TensorProto> tensor =
                node.isAny(Set.of("Conv", "MatMul", "Gemm")) ? graph.constant(node.input(1)) : Optional.empty();
        Optional<float[]> values = tensor.flatMap(Tensors::floats);
        if (values.isEmpty()) {
            return;
        }
        long[] shape = Tensors.shape(tensor.get());
        int axis = channelAxis(node, shape);
        float[] scales = scales(values.get(), shape, axis);
        Optional<float[]> bias = node.is("MatMul") ? Optional.empty() : graph.floats(node.input(2));
        float inputScale = ranges.get(node.input(0)).scale();
        bias.ifPresent(b -> widen(scales, b, inputScale));
        graph.setInput(node, 1, weights(node, values.get(), shape, axis, scales));
        if (bias.isPresent() && bias.get().length == scales.length) {
            graph.setInput(node, 2, bias(node, bias.get(), scales, inputScale));
        }
    }

    private static int channelAxis(Node node, long[] shape) {
        if (node.is("Conv")) {
            return 0;
        }
        return node.is("Gemm") && node.integer("transB", 0) != 0 ? 0 : shape.length - 1;
    }

    private static int channelOf(int index, long[] shape, int axis) {
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= (int) shape[i];
        }
        return index / inner % (int) shape[axis];
    }

    private static float[] scales(float[] values, long[] shape, int axis) {
        float[] scales = new float[(int) shape[axis]];
        for (int i = 0; i < values.length; i++) {
            int channel = channelOf(i, shape, axis);
            scales[channel] = Math.max(scales[channel], Math.abs(values[i]));
        }
        for (int c = 0; c < scales.length; c++) {
            scales[c] = Math.max(LEAST_SCALE, scales[c] / MOST);
        }
        return scales;
    }

    /** A channel of small weights and a large bias needs larger steps, or its bias would not fit into 32 bits. */
    private static void widen(float[] scales, float[] bias, float inputScale) {
        for (int c = 0; c < Math.min(scales.length, bias.length); c++) {
            scales[c] = (float) Math.max(scales[c], Math.abs(bias[c]) / inputScale / MOST_BIAS);
        }
    }

    private String weights(Node node, float[] values, long[] shape, int axis, float[] scales) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            float steps = Math.round(values[i] / scales[channelOf(i, shape, axis)]);
            bytes[i] = (byte) Math.max(-MOST, Math.min(MOST, steps));
        }
        String base = node.name() + ".weight";
        String quantized = graph.put(Tensors.bytes(graph.freshName(base + ".q"), DataType.INT8, shape, bytes));
        String scale = graph.put(Tensors.floats(graph.freshName(base + ".scale"), new long[] {scales.length}, scales));
        String zero = graph.put(Tensors.bytes(
                graph.freshName(base + ".zero"), DataType.INT8, new long[] {scales.length}, new byte[scales.length]));
        return dequantized(base, List.of(quantized, scale, zero), axis);
    }

    private String bias(Node node, float[] values, float[] scales, float inputScale) {
        int[] steps = new int[values.length];
        float[] products = new float[values.length];
        for (int c = 0; c < steps.length; c++) {
            products[c] = scales[c] * inputScale;
            steps[c] = (int) Math.round((double) values[c] / products[c]);
        }
        String base = node.name() + ".bias";
        long[] shape = {values.length};
        String quantized = graph.put(Tensors.ints(graph.freshName(base + ".q"), shape, steps));
        String scale = graph.put(Tensors.floats(graph.freshName(base + ".scale"), shape, products));
        String zero = graph.put(Tensors.ints(graph.freshName(base + ".zero"), shape, new int[steps.length]));
        return dequantized(base, List.of(quantized, scale, zero), /* axis= */ 0);
    }

    private String dequantized(String base, List<String> inputs, int axis) {
        String output = graph.freshName(base + ".dq");
        graph.add(Node.of("DequantizeLinear", graph.freshName(base + ".dequantize"), inputs, output)
                .set("axis", axis));
        return output;
    }
}
