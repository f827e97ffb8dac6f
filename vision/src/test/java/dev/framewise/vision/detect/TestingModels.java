package dev.framewise.vision.detect;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Tiny ONNX models whose output can be foretold: mostly the first values of the input, divided by 255. For an input of 32x32 pixels, YOLOX has 21 cells; with one class that is 21 rows of 6 values.
 */
public final class TestingModels {
    public static final int SIDE = 32;
    public static final int ANCHORS = 21;
    public static final int ROW = 6;

    private static final long[] PICTURE = {1, 3, SIDE, SIDE};

    private TestingModels() {}

    /**
     * A model shaped like YOLOX with one class.
     *
     * @param batch the only batch it takes; -1 for any
     */
    public static Path yolox(Path file, int batch) throws IOException {
        return write(
                file, model(batch, new long[] {batch, 3, SIDE, SIDE}, ANCHORS * ROW, new long[] {-1, ANCHORS, ROW}));
    }

    /** The same with metadata that names its precision and its class. */
    static Path described(Path file) throws IOException {
        ModelProto.Builder model = ModelProto.newBuilder(
                model(1, new long[] {1, 3, SIDE, SIDE}, ANCHORS * ROW, new long[] {-1, ANCHORS, ROW}));
        model.addMetadataProps(entry(ModelMetadata.PRECISION_KEY, "fp16"));
        model.addMetadataProps(entry(ModelMetadata.CLASSES_KEY, "helmet"));
        return write(file, model.build());
    }

    /**
     * A model whose output is the first values of its input, as they are.
     *
     * @param outputShape for a batch of one
     */
    static Path echo(Path file, Map<String, String> metadata, long... outputShape) throws IOException {
        return write(file, with(metadata, model(1, PICTURE, size(outputShape), outputShape, /* divisor= */ 1)));
    }

    /**
     * A model whose output is always the same.
     *
     * @param outputShape for a batch of one
     */
    public static Path constant(Path file, Map<String, String> metadata, float[] output, long... outputShape)
            throws IOException {
        ModelProto model = model(1, PICTURE, size(outputShape), outputShape, Float.POSITIVE_INFINITY);
        GraphProto.Builder graph = model.getGraph().toBuilder();
        TensorProto.Builder values =
                TensorProto.newBuilder().setName("values").setDataType(TensorProto.DataType.FLOAT.getNumber());
        for (long size : outputShape) {
            values.addDims(size);
        }
        for (float value : output) {
            values.addFloatData(value);
        }
        int last = graph.getNodeCount() - 1;
        graph.setNode(last, graph.getNode(last).toBuilder().setOutput(0, "nothing"))
                .addInitializer(values)
                .addNode(node("Add", "output", "nothing", "values"));
        return write(file, with(metadata, model.toBuilder().setGraph(graph).build()));
    }

    private static int size(long[] shape) {
        return (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    static ModelProto with(Map<String, String> metadata, ModelProto model) {
        ModelProto.Builder described = model.toBuilder();
        metadata.forEach((key, value) -> described.addMetadataProps(entry(key, value)));
        return described.build();
    }

    /** A model whose output no head knows. */
    public static Path unknownHead(Path file) throws IOException {
        return write(file, model(1, new long[] {1, 3, SIDE, SIDE}, 100, new long[] {-1, 10, 10}));
    }

    /** A model for grey pictures. */
    static Path grey(Path file) throws IOException {
        return write(file, model(1, new long[] {1, 1, SIDE, SIDE}, 100, new long[] {-1, 10, 10}));
    }

    /** A model of one box for an input of that shape. */
    static Path picture(Path file, long... inputShape) throws IOException {
        return write(file, model((int) inputShape[0], inputShape, ANCHORS * ROW, new long[] {-1, ANCHORS, ROW}));
    }

    /** A model with a second output. */
    static Path twoOutputs(Path file) throws IOException {
        ModelProto model = model(1, new long[] {1, 3, SIDE, SIDE}, ANCHORS * ROW, new long[] {-1, ANCHORS, ROW});
        GraphProto graph = model.getGraph().toBuilder()
                .addOutput(value("flat", new long[] {1, 3L * SIDE * SIDE}))
                .build();
        return write(file, model.toBuilder().setGraph(graph).build());
    }

    /** The same as {@link #yolox} of batch 1, but what it divides by lies in a file beside it, 4 bytes. */
    public static Path external(Path file, String location) throws IOException {
        ModelProto model = model(1, PICTURE, ANCHORS * ROW, new long[] {-1, ANCHORS, ROW});
        GraphProto.Builder graph = model.getGraph().toBuilder();
        int last = graph.getInitializerCount() - 1;
        graph.setInitializer(
                last,
                graph.getInitializer(last).toBuilder()
                        .clearFloatData()
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(entry("location", location)));
        return write(file, model.toBuilder().setGraph(graph).build());
    }

    /** The same as {@link #yolox} of batch 1, with one more node. */
    static Path customOperator(Path file, String domain, String operator) throws IOException {
        ModelProto model = model(1, PICTURE, ANCHORS * ROW, new long[] {-1, ANCHORS, ROW});
        GraphProto.Builder graph = model.getGraph().toBuilder()
                .addNode(node(operator, "more", "flat").setDomain(domain));
        return write(file, model.toBuilder().setGraph(graph).build());
    }

    private static ModelProto model(int batch, long[] inputShape, int taken, long[] outputShape) {
        return model(batch, inputShape, taken, outputShape, /* divisor= */ 255);
    }

    private static ModelProto model(int batch, long[] inputShape, int taken, long[] outputShape, float divisor) {
        long[] declared = outputShape.clone();
        declared[0] = batch;
        GraphProto graph = GraphProto.newBuilder()
                .setName("testing")
                .addInput(value("images", inputShape))
                .addOutput(value("output", declared))
                .addInitializer(ints("from", 0))
                .addInitializer(ints("to", taken))
                .addInitializer(ints("axis", 1))
                .addInitializer(ints("shape", outputShape))
                .addInitializer(TensorProto.newBuilder()
                        .setName("divisor")
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addFloatData(divisor))
                .addNode(node("Flatten", "flat", "images")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("axis")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(1)))
                .addNode(node("Slice", "taken", "flat", "from", "to", "axis"))
                .addNode(node("Div", "divided", "taken", "divisor"))
                .addNode(node("Reshape", "output", "divided", "shape"))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
    }

    static Path write(Path file, ModelProto model) throws IOException {
        return Files.write(file, model.toByteArray());
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder().setOpType(operator).addOutput(output).addAllInput(Arrays.asList(inputs));
    }

    static TensorProto ints(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor.build();
    }

    static ValueInfoProto value(String name, long[] shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            TensorShapeProto.Dimension.Builder dimension = dimensions.addDimBuilder();
            if (size < 0) {
                dimension.setDimParam("batch");
            } else {
                dimension.setDimValue(size);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
