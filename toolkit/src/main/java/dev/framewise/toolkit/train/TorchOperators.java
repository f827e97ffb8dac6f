package dev.framewise.toolkit.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.framewise.toolkit.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * ONNX's operators in PyTorch, as far as a network for pictures needs them. Means and variances of a normalization are moved
 * in place while training.
 */
final class TorchOperators {
    /** Weight of a batch in the moving mean and variance of a normalization. */
    private static final float NORM_MOMENTUM = 0.1f;

    private static final Set<String> KNOWN = Set.of(
            "Conv",
            "BatchNormalization",
            "Relu",
            "LeakyRelu",
            "Sigmoid",
            "Exp",
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Concat",
            "Resize",
            "MaxPool",
            "AveragePool",
            "GlobalAveragePool",
            "Flatten",
            "Reshape",
            "Transpose",
            "Gemm",
            "Softmax",
            "Identity",
            "Dropout");

    private final boolean training;

    TorchOperators(boolean training) {
        this.training = training;
    }

    /**
     * The output of a node.
     *
     * @param inputs arrays of the node's inputs; null where one is left out or is no array
     * @param numbers by input: its integers, where it is a constant of those
     */
    NDArray apply(Node node, List<NDArray> inputs, List<long[]> numbers) throws TrainingException {
        NDArray x = inputs.get(0);
        return switch (node.operator()) {
            case "Conv" -> convolution(node, x, inputs.get(1), inputs.size() > 2 ? inputs.get(2) : null);
            case "BatchNormalization" ->
                BatchNorm.batchNorm(
                                x,
                                inputs.get(3),
                                inputs.get(4),
                                inputs.get(1),
                                inputs.get(2),
                                /* axis= */ 1,
                                NORM_MOMENTUM,
                                node.number("epsilon", 1e-5f),
                                training)
                        .singletonOrThrow();
            case "Relu" -> Activation.relu(x);
            case "LeakyRelu" -> Activation.leakyRelu(x, node.number("alpha", 0.01f));
            case "Sigmoid" -> Activation.sigmoid(x);
            case "Exp" -> x.exp();
            case "Add" -> x.add(inputs.get(1));
            case "Sub" -> x.sub(inputs.get(1));
            case "Mul" -> x.mul(inputs.get(1));
            case "Div" -> x.div(inputs.get(1));
            case "Concat" -> concat(inputs, (int) node.integer("axis", 1));
            case "Resize" -> resize(node, x, inputs, numbers);
            case "MaxPool", "AveragePool" -> pool(node, x);
            case "GlobalAveragePool" ->
                x.mean(new int[] {3}, /* keepDims= */ true).mean(new int[] {2}, /* keepDims= */ true);
            case "Flatten" -> x.reshape(x.getShape().get(0), -1);
            case "Reshape" -> x.reshape(new Shape(resolve(numbers.get(1), x.getShape())));
            case "Transpose" ->
                x.transpose(Arrays.stream(node.integers("perm"))
                        .mapToInt(Math::toIntExact)
                        .toArray());
            case "Gemm" -> gemm(node, x, inputs.get(1), inputs.size() > 2 ? inputs.get(2) : null);
            case "Softmax" -> x.softmax((int) node.integer("axis", -1));
            case "Identity", "Dropout" -> x;
            default -> throw new TrainingException(unknown(node));
        };
    }

    /**
     * Refuses what cannot be trained.
     *
     * @throws TrainingException naming the node and what can be
     */
    static void requireKnown(Node node) throws TrainingException {
        if (!node.isAny(KNOWN)) {
            throw new TrainingException(unknown(node));
        }
    }

    private static String unknown(Node node) {
        return "operator " + node.operator() + " of node " + node.name() + " cannot be trained; those that can: "
                + String.join(", ", KNOWN.stream().sorted().toList());
    }

    private static NDArray concat(List<NDArray> inputs, int axis) {
        return inputs.get(0).getNDArrayInternal().concat(new NDList(inputs.subList(1, inputs.size())), axis);
    }

    private static NDArray convolution(Node node, NDArray x, NDArray weight, NDArray bias) throws TrainingException {
        return Conv2d.conv2d(
                        x,
                        weight,
                        bias,
                        new Shape(node.integers("strides", 1, 1)),
                        padding(node),
                        new Shape(node.integers("dilations", 1, 1)),
                        (int) node.integer("group", 1))
                .singletonOrThrow();
    }

    private static NDArray pool(Node node, NDArray x) throws TrainingException {
        Shape kernel = new Shape(node.integers("kernel_shape", 1, 1));
        Shape stride = new Shape(node.integers("strides", 1, 1));
        boolean ceil = node.integer("ceil_mode", 0) != 0;
        return node.operator().equals("MaxPool")
                ? Pool.maxPool2d(x, kernel, stride, padding(node), ceil)
                : Pool.avgPool2d(x, kernel, stride, padding(node), ceil, node.integer("count_include_pad", 0) != 0);
    }

    /** Padding that is the same on both sides. */
    private static Shape padding(Node node) throws TrainingException {
        long[] pads = node.integers("pads", 0, 0, 0, 0);
        String automatic = node.text("auto_pad", "NOTSET");
        if (pads[0] != pads[2]
                || pads[1] != pads[3]
                || !List.of("NOTSET", "VALID").contains(automatic)) {
            throw new TrainingException("node " + node.name() + " pads its sides differently (pads "
                    + Arrays.toString(pads) + ", auto_pad " + automatic + "), which cannot be trained");
        }
        return new Shape(pads[0], pads[1]);
    }

    private static NDArray resize(Node node, NDArray x, List<NDArray> inputs, List<long[]> numbers)
            throws TrainingException {
        String mode = node.text("mode", "nearest");
        if (!mode.equals("nearest")) {
            throw new TrainingException(
                    "node " + node.name() + " resizes by " + mode + ", only nearest can be trained");
        }
        Shape shape = x.getShape();
        long height;
        long width;
        if (numbers.size() > 3 && numbers.get(3) != null) {
            height = numbers.get(3)[2];
            width = numbers.get(3)[3];
        } else {
            float[] scales = inputs.get(2).toFloatArray();
            height = (long) (shape.get(2) * scales[2]);
            width = (long) (shape.get(3) * scales[3]);
        }
        return x.getNDArrayInternal()
                .interpolation(new long[] {height, width}, /* nearest= */ 0, /* alignCorners= */ false);
    }

    /** A shape of ONNX: 0 keeps the size that was there. */
    private static long[] resolve(long[] wanted, Shape from) {
        long[] shape = wanted.clone();
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] == 0) {
                shape[i] = from.get(i);
            }
        }
        return shape;
    }

    private static NDArray gemm(Node node, NDArray x, NDArray weight, NDArray bias) throws TrainingException {
        if (node.number("alpha", 1) != 1 || node.number("beta", 1) != 1 || node.integer("transA", 0) != 0) {
            throw new TrainingException(
                    "node " + node.name() + " is a Gemm with alpha, beta or transA, which cannot be trained");
        }
        NDArray product = x.matMul(node.integer("transB", 0) == 0 ? weight : weight.transpose());
        return bias == null ? product : product.add(bias);
    }
}
