package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.InputFormat;
import dev.framewise.vision.image.InputFormat.ColourOrder;
import dev.framewise.vision.image.InputFormat.ValueRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lets a network read pictures as JPEG holds them, brightness and two differences of colour, in place of red, green and blue. What
 * makes the one of the other is linear, and so is the network's first convolution, whose weights take it over: nobody converts
 * pixels any more.
 *
 * <p>With weights W[o, c, i, j], pictures that were given as {@code (range * colour - mean) / std} and
 * {@code colour = M (Y, Cb - 128, Cr - 128)}, the weights become {@code sum over c of W[o, c, i, j] M[c, k] / std[c]}, and what is
 * subtracted from the planes becomes {@code range * (0, 128, 128) + M^-1 mean}. A zero that a convolution pads with still stands for
 * the colour that it stood for.
 *
 * <p>Not the same: a converted colour is cut off at 0 and 255 and rounded, and the planes are not.
 *
 * <p>Source of M: ITU-T T.871 (JFIF), 7.
 */
public final class YcbcrInput {
    private static final int PLANES = 3;
    private static final double NO_COLOUR = 128;

    /** By red, green, blue: what Y, Cb and Cr add to it. */
    private static final double[][] COLOURS = {
        {1, 0, 1.402}, {1, -0.114 * 1.772 / 0.587, -0.299 * 1.402 / 0.587}, {1, 1.772, 0},
    };

    /** By Y, Cb, Cr: what red, green and blue add to it. */
    private static final double[][] PLANES_OF_COLOURS = {
        {0.299, 0.587, 0.114},
        {-0.299 / 1.772, -0.587 / 1.772, 0.886 / 1.772},
        {0.701 / 1.402, -0.587 / 1.402, -0.114 / 1.402},
    };

    private final InputFormat before;

    /**
     * For a network that reads colours.
     *
     * @param before how it is given its pictures
     * @throws ModelException if that is YCbCr already
     */
    public YcbcrInput(InputFormat before) throws ModelException {
        if (before.colours() == ColourOrder.YCBCR) {
            throw new ModelException("it reads YCbCr already");
        }
        this.before = before;
    }

    /**
     * Changes a graph, and what its metadata says of its pictures.
     *
     * @throws ModelException if something else than a convolution of float weights reads its pictures; the graph is unchanged then
     */
    public void set(Graph graph) throws ModelException {
        String input = graph.inputs().get(0).getName();
        List<Node> readers = graph.consumers(input);
        for (Node reader : readers) {
            if (!isConvolution(graph, reader, input)) {
                throw new ModelException("its pictures are read by " + reader
                        + ", not by a convolution of float weights that could take the conversion over;"
                        + " fold a model before it is quantized");
            }
        }
        for (Node reader : readers) {
            convert(graph, reader);
        }
        InputFormat after = after();
        graph.setMetadata("framewise.input.colours", "ycbcr");
        graph.setMetadata("framewise.input.mean", listed(after.mean()));
        graph.setMetadata("framewise.input.std", listed(after.std()));
    }

    private static boolean isConvolution(Graph graph, Node reader, String input) {
        Optional<TensorProto> weights = reader.is("Conv") ? graph.constant(reader.input(1)) : Optional.empty();
        return weights.isPresent()
                && reader.input(0).equals(input)
                && reader.integer("group", 1) == 1
                && weights.get().getDims(1) == PLANES
                && graph.floats(reader.input(1)).isPresent();
    }

    private void convert(Graph graph, Node conv) {
        TensorProto tensor = graph.constant(conv.input(1)).orElseThrow();
        float[] weights = graph.floats(conv.input(1)).orElseThrow();
        int kernel = (int) (tensor.getDims(2) * tensor.getDims(3));
        float[] converted = new float[weights.length];
        for (int o = 0; o < tensor.getDims(0); o++) {
            for (int i = 0; i < kernel; i++) {
                for (int k = 0; k < PLANES; k++) {
                    double sum = 0;
                    for (int c = 0; c < PLANES; c++) {
                        double perColour =
                                COLOURS[colourOf(c)][k] / before.std().get(c);
                        sum += weights[(o * PLANES + c) * kernel + i] * perColour;
                    }
                    converted[(o * PLANES + k) * kernel + i] = (float) sum;
                }
            }
        }
        String name = graph.freshName(conv.name() + ".weight");
        graph.setInput(conv, 1, graph.put(Tensors.floats(name, Tensors.shape(tensor), converted)));
    }

    /** How the network is given its pictures from then on. */
    public InputFormat after() {
        double[] mean = new double[PLANES];
        for (int k = 0; k < PLANES; k++) {
            for (int c = 0; c < PLANES; c++) {
                mean[k] += PLANES_OF_COLOURS[k][colourOf(c)] * before.mean().get(c);
            }
        }
        double grey = before.range() == ValueRange.BYTE ? NO_COLOUR : NO_COLOUR / 255;
        return before.withColours(ColourOrder.YCBCR)
                .withNormalization(List.of(mean[0], mean[1] + grey, mean[2] + grey), List.of(1.0, 1.0, 1.0));
    }

    /**
     * What the changed network is to be given where the one before was given something.
     *
     * @param values [batch, 3, height, width], normalized colours
     * @param shape of the values
     */
    public float[] given(float[] values, long[] shape) {
        int plane = Math.toIntExact(shape[2] * shape[3]);
        float[] planes = new float[values.length];
        for (int at = 0; at < values.length; at += PLANES * plane) {
            for (int i = 0; i < plane; i++) {
                for (int k = 0; k < PLANES; k++) {
                    double sum = 0;
                    for (int c = 0; c < PLANES; c++) {
                        sum += PLANES_OF_COLOURS[k][colourOf(c)] * before.std().get(c) * values[at + c * plane + i];
                    }
                    planes[at + k * plane + i] = (float) sum;
                }
            }
        }
        return planes;
    }

    /** Red, green or blue of a plane of the network before. */
    private int colourOf(int plane) {
        return before.colours() == ColourOrder.RGB ? plane : PLANES - 1 - plane;
    }

    private static String listed(List<Double> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
