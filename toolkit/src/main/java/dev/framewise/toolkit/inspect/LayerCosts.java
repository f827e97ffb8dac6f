package dev.framewise.toolkit.inspect;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.shape.Attributes;
import dev.framewise.toolkit.shape.Constants;
import dev.framewise.toolkit.shape.Shape;
import dev.framewise.toolkit.shape.ShapeInference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Parameters and multiply-adds of a graph.
 *
 * <p>Parameters are the constants that layers have learned: weights and biases of convolutions and matrix products, and what
 * normalizations hold; also where they are stored quantized. Constants of other nodes, such as grids of anchors, are none.
 *
 * <p>Multiply-adds: a convolution makes each number of its output from a window of kernel size over the channels of its group, a
 * matrix product from one row and one column; biases are not counted. All other operators are taken as free, as it is usual;
 * those of which that is known to be wrong are listed by {@link #uncounted()}.
 */
final class LayerCosts {
    private static final Set<String> LAYERS = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul");
    private static final Set<String> LEARNED =
            Set.of("BatchNormalization", "InstanceNormalization", "LayerNormalization", "PRelu");
    private static final Set<String> NOT_FREE = Set.of(
            "ConvInteger",
            "QLinearConv",
            "MatMulInteger",
            "QLinearMatMul",
            "DeformConv",
            "Einsum",
            "Attention",
            "LSTM",
            "GRU",
            "RNN",
            "If",
            "Loop",
            "Scan");

    private final ShapeInference shapes;
    private final Constants constants;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Integer> uncounted = new LinkedHashMap<>();
    /** What DequantizeLinear makes of a constant, by the name of its output. */
    private final Map<String, String> dequantized = new HashMap<>();

    private final Map<String, Long> learned = new HashMap<>();

    LayerCosts(List<NodeProto> nodes, ShapeInference shapes, Constants constants) {
        this.shapes = shapes;
        this.constants = constants;
        for (NodeProto node : nodes) {
            if (node.getOpType().equals("DequantizeLinear")) {
                dequantized.put(node.getOutput(0), node.getInput(0));
            }
        }
        for (NodeProto node : nodes) {
            boolean standard = Node.of(node).isStandard();
            if (!standard || NOT_FREE.contains(node.getOpType())) {
                uncounted.merge((standard ? "" : node.getDomain() + ".") + node.getOpType(), 1, Integer::sum);
            } else if (LAYERS.contains(node.getOpType()) || LEARNED.contains(node.getOpType())) {
                layers.add(layer(node));
            }
        }
    }

    /** The layers, in the order they run. */
    List<Layer> layers() {
        return layers;
    }

    /** Numbers the model has learned, each counted once. */
    long parameters() {
        return learned.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How often the model uses operators that cost something nobody counts here. */
    Map<String, Integer> uncounted() {
        return uncounted;
    }

    private Layer layer(NodeProto node) {
        long parameters = 0;
        for (String input : node.getInputList()) {
            String stored = dequantized.getOrDefault(input, input);
            Optional<TensorProto> tensor = constants.find(stored);
            if (tensor.isPresent()) {
                long size = Shape.of(tensor.get().getDimsList()).elementsFrom(0).orElse(0);
                learned.put(stored, size);
                parameters += size;
            }
        }
        String output = node.getOutput(0);
        return new Layer(
                node.getName().isEmpty() ? output : node.getName(),
                node.getOpType(),
                shapes.of(output),
                parameters,
                multiplyAdds(node));
    }

    private OptionalLong multiplyAdds(NodeProto node) {
        if (LEARNED.contains(node.getOpType())) {
            return OptionalLong.of(0);
        }
        Optional<Shape> x = shapes.of(node.getInput(0));
        Optional<Shape> weights = shapes.of(node.getInput(1));
        Optional<Shape> output = shapes.of(node.getOutput(0));
        if (x.isEmpty() || weights.isEmpty() || output.isEmpty()) {
            return OptionalLong.empty();
        }
        return switch (node.getOpType()) {
            case "Conv" -> product(output.get().elementsFrom(0), weights.get().elementsFrom(1));
            case "ConvTranspose" ->
                product(x.get().elementsFrom(0), weights.get().elementsFrom(1));
            case "Gemm" -> {
                boolean turned = new Attributes(node).integer("transA", 0) != 0;
                yield product(output.get().elementsFrom(0), size(x.get(), turned ? 0 : 1));
            }
            default ->
                product(output.get().elementsFrom(0), size(x.get(), x.get().rank() - 1));
        };
    }

    private static OptionalLong size(Shape shape, int dimension) {
        return shape.size(dimension) == Shape.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(shape.size(dimension));
    }

    private static OptionalLong product(OptionalLong a, OptionalLong b) {
        return a.isEmpty() || b.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.multiplyExact(a.getAsLong(), b.getAsLong()));
    }
}
