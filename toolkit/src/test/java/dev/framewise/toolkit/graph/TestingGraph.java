package dev.framewise.toolkit.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.shape.Constants;
import dev.framewise.toolkit.shape.Shape;
import dev.framewise.toolkit.shape.ShapeInference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Builds small ONNX models. */
public final class TestingGraph {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("testing");

    /** An input of floats; a size is a number or a dimension's name. */
    public TestingGraph input(String name, Object... shape) {
        graph.addInput(value(name, shape));
        return this;
    }

    public TestingGraph output(String name, Object... shape) {
        graph.addOutput(value(name, shape));
        return this;
    }

    /** A constant of zeros. */
    public TestingGraph weights(String name, long... shape) {
        TensorProto.Builder tensor = tensor(name, TensorProto.DataType.FLOAT, shape);
        LongStream.range(0, LongStream.of(shape).reduce(1, Math::multiplyExact)).forEach(i -> tensor.addFloatData(0));
        graph.addInitializer(tensor);
        return this;
    }

    /** A constant of numbers from -1 to 1, the same for the same name. */
    public TestingGraph random(String name, long... shape) {
        return random(name, -1, shape);
    }

    /** A constant of numbers from 0.5 to 1, the same for the same name. */
    public TestingGraph positive(String name, long... shape) {
        return random(name, 0.5, shape);
    }

    /** A constant of one value everywhere. */
    public TestingGraph values(String name, long[] shape, float value) {
        float[] values = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
        Arrays.fill(values, value);
        graph.addInitializer(Tensors.floats(name, shape, values));
        return this;
    }

    /** A constant [out, in, ...] of numbers from -size to size; those of one input channel are 0. */
    public TestingGraph scaled(String name, float size, int ignored, long... shape) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        float[] values = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
        int perInput = values.length / (int) (shape[0] * shape[1]);
        for (int i = 0; i < values.length; i++) {
            boolean zero = i / perInput % shape[1] == ignored;
            values[i] = zero ? 0 : (float) random.nextDouble(-size, size);
        }
        graph.addInitializer(Tensors.floats(name, shape, values));
        return this;
    }

    private TestingGraph random(String name, double least, long... shape) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        float[] values = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(least, 1);
        }
        graph.addInitializer(Tensors.floats(name, shape, values));
        return this;
    }

    public TestingGraph floats(String name, float... values) {
        TensorProto.Builder tensor = tensor(name, TensorProto.DataType.FLOAT, values.length);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    public TestingGraph integers(String name, long... values) {
        TensorProto.Builder tensor = tensor(name, TensorProto.DataType.INT64, values.length);
        LongStream.of(values).forEach(tensor::addInt64Data);
        graph.addInitializer(tensor);
        return this;
    }

    public TestingGraph initializer(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    public TestingGraph node(String operator, String output, String... inputs) {
        return node(operator, output, Map.of(), inputs);
    }

    /** A node; attributes are a long, an array of long or a string each. */
    public TestingGraph node(String operator, String output, Map<String, Object> attributes, String... inputs) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).addOutput(output).addAllInput(Arrays.asList(inputs));
        int dot = operator.lastIndexOf('.');
        if (dot >= 0) {
            node.setDomain(operator.substring(0, dot)).setOpType(operator.substring(dot + 1));
        }
        attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
        graph.addNode(node);
        return this;
    }

    /** A Split into two. */
    public TestingGraph split(String input, String sizes, long axis, String first, String second) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Split")
                .addInput(input)
                .addInput(sizes)
                .addOutput(first)
                .addOutput(second)
                .addAttribute(attribute("axis", axis)));
        return this;
    }

    public ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, model().toByteArray());
    }

    /** The shape that is inferred for a tensor. */
    public Optional<String> shapeOf(String tensor) throws Exception {
        GraphProto built = graph.build();
        return new ShapeInference(built, new Constants(built), Map.of())
                .of(tensor)
                .map(Shape::toString);
    }

    public static TensorProto.Builder tensor(String name, TensorProto.DataType type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        LongStream.of(shape).forEach(tensor::addDims);
        return tensor;
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof long[] numbers) {
            attribute.setType(AttributeProto.AttributeType.INTS);
            LongStream.of(numbers).forEach(attribute::addInts);
        } else if (value instanceof String text) {
            attribute
                    .setType(AttributeProto.AttributeType.STRING)
                    .setS(com.google.protobuf.ByteString.copyFromUtf8(text));
        } else {
            attribute.setType(AttributeProto.AttributeType.INT).setI((Long) value);
        }
        return attribute.build();
    }

    private static ValueInfoProto value(String name, Object... shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (Object size : shape) {
            if (size instanceof String symbol) {
                sizes.addDimBuilder().setDimParam(symbol);
            } else {
                sizes.addDimBuilder().setDimValue(((Number) size).longValue());
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(sizes)))
                .build();
    }
}
