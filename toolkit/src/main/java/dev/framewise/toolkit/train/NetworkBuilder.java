package dev.framewise.toolkit.train;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Writes a new network as an ONNX graph of opset 17, layer by layer; weights are drawn from a seed.
 *
 * <p>Values are named by the layer that makes them. Pictures are [batch, 3, height, width], all but the channels free.
 * Convolutions are padded so that a stride of 1 keeps the size; their weights are normal with the variance that keeps the
 * signal's behind a ReLU (He et al., arXiv 1502.01852, equation 10).
 */
public final class NetworkBuilder {
    /** Name of the input of every network written here. */
    public static final String INPUT = "images";

    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;
    private static final float NORM_EPSILON = 1e-3f;

    private final Graph graph;
    private final Random random;
    private final Map<String, Integer> channels = new HashMap<>();

    private NetworkBuilder(Graph graph, long seed) {
        this.graph = graph;
        random = new Random(seed);
        channels.put(INPUT, 3);
    }

    /** A network without layers. */
    public NetworkBuilder(String name, long seed) {
        this(Graph.of(empty(name)), seed);
    }

    private static ModelProto empty(String name) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("framewise")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET));
        model.getGraphBuilder().setName(name).addInput(value(INPUT, "batch", 3, "height", "width"));
        return model.build();
    }

    /** A network that goes on where another one of this builder ended: what it gave out can be read on. */
    public static NetworkBuilder continuing(ModelProto model) {
        ModelProto.Builder open = model.toBuilder();
        open.getGraphBuilder().clearOutput();
        return new NetworkBuilder(Graph.of(open.build()), /* seed= */ 0);
    }

    /** Channels of a value. */
    public int channels(String value) {
        return channels.get(value);
    }

    /** A convolution without bias, its normalization, and a ReLU. */
    public String block(String from, int outChannels, int kernel, int stride, int groups) {
        return relu(normalized(from, outChannels, kernel, stride, groups));
    }

    /** A convolution without bias, and its normalization. */
    public String normalized(String from, int outChannels, int kernel, int stride, int groups) {
        String name = graph.freshName("conv");
        weights(name + ".weight", outChannels, channels(from) / groups, kernel, kernel);
        convolution(name, kernel, stride, groups, from, name + ".weight");
        String norm = name + ".norm";
        String scale = fill(norm + ".scale", 1, outChannels);
        String bias = fill(norm + ".bias", 0, outChannels);
        String mean = fill(norm + ".mean", 0, outChannels);
        String variance = fill(norm + ".variance", 1, outChannels);
        node("BatchNormalization", norm, name, scale, bias, mean, variance).set("epsilon", NORM_EPSILON);
        channels.put(norm, outChannels);
        return norm;
    }

    /** A 1x1 convolution with a bias and no normalization: how a head ends. */
    public String head(String from, int outChannels, float bias) {
        String name = graph.freshName("head");
        float[] values = new float[outChannels * channels(from)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.01 * random.nextGaussian());
        }
        graph.put(Tensors.floats(name + ".weight", new long[] {outChannels, channels(from), 1, 1}, values));
        String biases = fill(name + ".bias", bias, outChannels);
        convolution(name, /* kernel= */ 1, /* stride= */ 1, /* groups= */ 1, from, name + ".weight", biases);
        channels.put(name, outChannels);
        return name;
    }

    /** A depthwise 3x3 block, then a 1x1 block; added to where it came from where the shapes are the same. */
    public String separable(String from, int outChannels, int stride) {
        String depthwise = block(from, channels(from), /* kernel= */ 3, stride, channels(from));
        String out = block(depthwise, outChannels, /* kernel= */ 1, /* stride= */ 1, /* groups= */ 1);
        return stride == 1 && outChannels == channels(from) ? add(from, out) : out;
    }

    public String relu(String from) {
        return operator("Relu", from);
    }

    public String add(String left, String right) {
        return operator("Add", left, right);
    }

    /** Each pixel becomes four. */
    public String upsample(String from) {
        String name = graph.freshName("resize");
        String scales = graph.put(Tensors.floats(name + ".scales", new long[] {4}, 1, 1, 2, 2));
        node("Resize", name, from, "", scales)
                .set("mode", "nearest")
                .set("coordinate_transformation_mode", "asymmetric")
                .set("nearest_mode", "floor");
        channels.put(name, channels(from));
        return name;
    }

    /** The mean of each channel, flattened, and a matrix with a bias: how a classifier ends. */
    public String classifier(String from, int classes) {
        String pooled = operator("GlobalAveragePool", from);
        String flat = graph.freshName("flatten");
        node("Flatten", flat, pooled).set("axis", 1L);
        String name = graph.freshName("linear");
        weights(name + ".weight", classes, channels(from));
        String bias = fill(name + ".bias", 0, classes);
        node("Gemm", name, flat, name + ".weight", bias).set("transB", 1L);
        channels.put(name, classes);
        return name;
    }

    /** A node of any operator without attributes; its value has the channels of its first input. */
    public String operator(String operator, String... inputs) {
        String name = graph.freshName(operator.toLowerCase(Locale.ROOT));
        node(operator, name, inputs);
        channels.put(name, channels.getOrDefault(inputs[0], 0));
        return name;
    }

    /** Values side by side along an axis. */
    public String concat(long axis, String... inputs) {
        String name = graph.freshName("concat");
        node("Concat", name, inputs).set("axis", axis);
        channels.put(
                name,
                Arrays.stream(inputs)
                        .mapToInt(input -> channels.getOrDefault(input, 0))
                        .sum());
        return name;
    }

    /** A constant. */
    public String constant(TensorProto tensor) {
        return graph.put(tensor);
    }

    /** Names a value as an output of floats; a size is a number or the name of a dimension. */
    public void output(String name, String from, Object... shape) {
        node("Identity", name, from);
        graph.addOutput(value(name, shape));
    }

    /** Lets the model say something of itself. */
    public void metadata(String key, String text) {
        graph.setMetadata(key, text);
    }

    /** The network, for pictures of any size. */
    public ModelProto build() {
        return graph.toModel();
    }

    /** The network for pictures of one size. */
    public ModelProto build(int width, int height) {
        graph.setInput(0, value(INPUT, "batch", 3, height, width));
        return graph.toModel();
    }

    private void convolution(String name, int kernel, int stride, int groups, String... inputs) {
        long pad = kernel / 2;
        node("Conv", name, inputs)
                .set("kernel_shape", new long[] {kernel, kernel})
                .set("strides", new long[] {stride, stride})
                .set("pads", new long[] {pad, pad, pad, pad})
                .set("group", (long) groups);
    }

    private void weights(String name, long... shape) {
        long fanIn = 1;
        for (int i = 1; i < shape.length; i++) {
            fanIn *= shape[i];
        }
        double deviation = Math.sqrt(2.0 / fanIn);
        float[] values = new float[Math.toIntExact(fanIn * shape[0])];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        graph.put(Tensors.floats(name, shape, values));
    }

    private String fill(String name, float with, int count) {
        float[] values = new float[count];
        Arrays.fill(values, with);
        return graph.put(Tensors.floats(name, new long[] {count}, values));
    }

    private Node node(String operator, String name, String... inputs) {
        return graph.add(Node.of(operator, name, List.of(inputs), name));
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
