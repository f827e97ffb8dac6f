package dev.framewise.toolkit.shape;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.vision.detect.ModelException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shape of every tensor of a graph: what the model declares where that is complete, else computed from a node's inputs by the
 * definition of its operator. Operators without a rule here leave their outputs unknown.
 *
 * <p>Source: the ONNX operator specifications, operator set 11 and later.
 */
public final class ShapeInference {
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Constants constants;

    /**
     * Computes all of them.
     *
     * @param sizesByName sizes of dimensions that the model only names
     * @throws ModelException if a node's attributes do not fit its inputs
     */
    public ShapeInference(GraphProto graph, Constants constants, Map<String, Long> sizesByName) throws ModelException {
        this.constants = constants;
        constants.all().forEach((name, tensor) -> shapes.put(name, shapeOf(tensor)));
        for (List<ValueInfoProto> declared :
                List.of(graph.getInputList(), graph.getValueInfoList(), graph.getOutputList())) {
            for (ValueInfoProto value : declared) {
                TypeProto.Tensor type = value.getType().getTensorType();
                if (type.hasShape()) {
                    shapes.putIfAbsent(value.getName(), Shape.declared(type.getShape(), sizesByName));
                }
            }
        }
        // ONNX demands that nodes come after what they read.
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Split")) {
                split(node);
            } else if (node.getOutputCount() > 0
                    && !of(node.getOutput(0)).filter(Shape::isKnown).isPresent()) {
                checked(node)
                        .ifPresent(shape -> shapes.merge(
                                node.getOutput(0),
                                shape,
                                (declared, inferred) -> inferred.isKnown() ? inferred : declared));
            }
        }
    }

    /** The only operator here of several outputs that matter: sizes of its parts are an input, an attribute before version 13, or equal. */
    private void split(NodeProto node) {
        Attributes attributes = new Attributes(node);
        Optional<Shape> x = input(node, 0);
        if (x.isEmpty()) {
            return;
        }
        int axis = Math.toIntExact(attributes.integer("axis", 0));
        int at = axis < 0 ? axis + x.get().rank() : axis;
        int parts = node.getOutputCount();
        Optional<long[]> sizes = integers(node, 1).or(() -> attributes.integers("split"));
        for (int i = 0; i < parts && at >= 0 && at < x.get().rank(); i++) {
            long[] part = x.get().sizes();
            boolean equal = part[at] != Shape.UNKNOWN && part[at] % parts == 0;
            part[at] = sizes.isPresent() && i < sizes.get().length
                    ? sizes.get()[i]
                    : equal ? part[at] / parts : Shape.UNKNOWN;
            shapes.merge(
                    node.getOutput(i),
                    Shape.of(part),
                    (declared, inferred) -> declared.isKnown() ? declared : inferred);
        }
    }

    private static Shape shapeOf(TensorProto tensor) {
        return Shape.of(tensor.getDimsList());
    }

    /** The shape of a tensor, which may have unknown sizes; empty where not even its rank is known. */
    public Optional<Shape> of(String tensor) {
        return Optional.ofNullable(shapes.get(tensor));
    }

    private Optional<Shape> checked(NodeProto node) throws ModelException {
        try {
            return infer(node);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new ModelException(
                    "the " + node.getOpType() + " node that makes " + node.getOutput(0)
                            + " has attributes that do not fit its inputs: the model is damaged",
                    e);
        }
    }

    private Optional<Shape> infer(NodeProto node) {
        if (!Node.of(node).isStandard()) {
            return Optional.empty();
        }
        Optional<Shape> first = input(node, 0);
        if (first.isEmpty()) {
            return first;
        }
        Attributes attributes = new Attributes(node);
        Shape x = first.get();
        return switch (node.getOpType()) {
            case "Relu",
                    "Sigmoid",
                    "Softmax",
                    "LeakyRelu",
                    "PRelu",
                    "HardSigmoid",
                    "HardSwish",
                    "Clip",
                    "Tanh",
                    "Exp",
                    "Sqrt",
                    "Identity",
                    "Cast",
                    "Dropout",
                    "BatchNormalization",
                    "QuantizeLinear",
                    "DequantizeLinear" -> first;
            case "Add", "Sub", "Mul", "Div", "Pow" -> input(node, 1).map(y -> LayoutRules.broadcast(x, y));
            case "Conv" -> input(node, 1).flatMap(weights -> SpatialRules.conv(x, weights, attributes));
            case "MaxPool", "AveragePool" -> SpatialRules.pool(x, attributes);
            case "GlobalAveragePool" -> Optional.of(SpatialRules.globalPool(x));
            case "Resize" -> SpatialRules.resize(x, floats(node, 2), integers(node, 3));
            case "Pad" -> integers(node, 1).flatMap(pads -> SpatialRules.pad(x, pads));
            case "Concat" ->
                inputs(node).map(all -> LayoutRules.concat(all, Math.toIntExact(attributes.integer("axis", 0))));
            case "Transpose" -> Optional.of(LayoutRules.transpose(x, attributes));
            case "Flatten" -> Optional.of(LayoutRules.flatten(x, Math.toIntExact(attributes.integer("axis", 1))));
            case "Reshape" ->
                integers(node, 1)
                        .flatMap(target -> LayoutRules.reshape(x, target, attributes.integer("allowzero", 0) != 0));
            case "Slice" -> slice(node, x);
            case "Gather" ->
                input(node, 1)
                        .map(indices -> LayoutRules.gather(x, indices, Math.toIntExact(attributes.integer("axis", 0))));
            case "Gemm" -> input(node, 1).map(y -> LayoutRules.gemm(x, y, attributes));
            case "MatMul" -> input(node, 1).flatMap(y -> LayoutRules.matMul(x, y));
            default -> Optional.empty();
        };
    }

    private Optional<Shape> slice(NodeProto node, Shape x) {
        Optional<long[]> starts = integers(node, 1);
        Optional<long[]> ends = integers(node, 2);
        if (starts.isEmpty() || ends.isEmpty()) {
            return Optional.empty();
        }
        int count = starts.get().length;
        Optional<long[]> axes = integers(node, 3, LayoutRules.firstAxes(count));
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        Optional<long[]> steps = integers(node, 4, ones);
        return axes.isEmpty() || steps.isEmpty()
                ? Optional.empty()
                : Optional.of(LayoutRules.slice(x, starts.get(), ends.get(), axes.get(), steps.get()));
    }

    private Optional<Shape> input(NodeProto node, int index) {
        return index < node.getInputCount() ? of(node.getInput(index)) : Optional.empty();
    }

    private Optional<List<Shape>> inputs(NodeProto node) {
        List<Optional<Shape>> all = node.getInputList().stream().map(this::of).toList();
        return all.stream().allMatch(Optional::isPresent)
                ? Optional.of(all.stream().map(Optional::get).toList())
                : Optional.empty();
    }

    private Optional<float[]> floats(NodeProto node, int index) {
        return index < node.getInputCount() ? constants.floats(node.getInput(index)) : Optional.empty();
    }

    private Optional<long[]> integers(NodeProto node, int index) {
        return index < node.getInputCount() ? constants.integers(node.getInput(index)) : Optional.empty();
    }

    /** As {@link #integers(NodeProto, int)}; {@code otherwise} where the optional input is left out. */
    private Optional<long[]> integers(NodeProto node, int index, long[] otherwise) {
        boolean absent = index >= node.getInputCount() || node.getInput(index).isEmpty();
        return absent ? Optional.of(otherwise) : constants.integers(node.getInput(index));
    }
}
