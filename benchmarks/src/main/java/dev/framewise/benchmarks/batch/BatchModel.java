package dev.framewise.benchmarks.batch;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A small convolutional network that takes any batch: five layers of stride 2, and an output like YOLOX's of one class,
 * [batch, cells, 6], over strides 8, 16 and 32. Its weights are noise and its scores next to nothing: it costs what a network
 * of its size costs and sees nothing.
 */
final class BatchModel {
    /** Width and height of its input, pixels. */
    static final int SIDE = 256;

    private static final int[] CHANNELS = {3, 16, 32, 64, 64, 64};
    private static final int ROW = 6;
    /** Layers, counted from 1, behind which a head hangs: their strides are 8, 16 and 32. */
    private static final int FIRST_HEAD = 3;

    private static final double NEXT_TO_NOTHING = 1e-6;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("batch");
    private final SplittableRandom random = new SplittableRandom(/* seed= */ 5);

    private BatchModel() {}

    /** Writes the network. */
    static Path write(Path file) throws IOException {
        return Files.write(file, new BatchModel().build().toByteArray());
    }

    private ModelProto build() {
        graph.addInput(value("images", "batch", CHANNELS[0], SIDE, SIDE));
        graph.addInitializer(TensorProto.newBuilder()
                .setName("rows")
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(/* value= */ 3)
                .addAllInt64Data(Arrays.asList(0L, (long) ROW, -1L)));
        String features = "images";
        int cells = 0;
        int layers = CHANNELS.length - 1;
        for (int layer = 1; layer <= layers; layer++) {
            String convolved = "convolved" + layer;
            convolve(features, convolved, CHANNELS[layer - 1], CHANNELS[layer], /* kernel= */ 3, /* stride= */ 2);
            features = "features" + layer;
            graph.addNode(node("Relu", features, convolved));
            if (layer >= FIRST_HEAD) {
                convolve(features, "head" + layer, CHANNELS[layer], ROW, /* kernel= */ 1, /* stride= */ 1);
                graph.addNode(node("Reshape", "rows" + layer, "head" + layer, "rows"));
                cells += (SIDE >> layer) * (SIDE >> layer);
            }
        }
        graph.addNode(node("Concat", "all", "rows3", "rows4", "rows5").addAttribute(number("axis", 2)));
        graph.addNode(node("Transpose", "output", "all").addAttribute(numbers("perm", 0, 2, 1)));
        graph.addOutput(value("output", "batch", cells, ROW));
        return ModelProto.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
    }

    private void convolve(String input, String output, int from, int to, int kernel, int stride) {
        String weights = output + "-weights";
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(weights)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(Arrays.asList((long) to, (long) from, (long) kernel, (long) kernel));
        double scale = to == ROW ? NEXT_TO_NOTHING : 1 / Math.sqrt((double) from * kernel * kernel);
        for (int i = 0; i < to * from * kernel * kernel; i++) {
            tensor.addFloatData((float) (scale * (2 * random.nextDouble() - 1)));
        }
        int pad = kernel / 2;
        graph.addInitializer(tensor)
                .addNode(node("Conv", output, input, weights)
                        .addAttribute(numbers("kernel_shape", kernel, kernel))
                        .addAttribute(numbers("strides", stride, stride))
                        .addAttribute(numbers("pads", pad, pad, pad, pad)));
    }

    private static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder().setOpType(operator).addOutput(output).addAllInput(Arrays.asList(inputs));
    }

    private static AttributeProto.Builder number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value);
    }

    private static AttributeProto.Builder numbers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute;
    }

    private static ValueInfoProto value(String name, String batch, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam(batch);
        for (long size : sizes) {
            shape.addDimBuilder().setDimValue(size);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
