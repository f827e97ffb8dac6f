package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Declares another picture size for a model of convolutions alone. Its weights do not depend on the size; shapes that Reshape is given
 * follow it. Sizes of Resize and grids of anchors may stand in its way: then the graph does not allow it, which running it shows.
 */
public final class InputSize {
    private static final int PLANES = 3;

    /** The largest stride of detectors as a rule: YOLO's coarsest cells are 32 pixels wide. */
    private static final int STRIDE = 32;

    private InputSize() {}

    /**
     * Sides of a network's input.
     *
     * @param height pixels
     * @param width pixels
     */
    public record Pixels(int height, int width) {}

    /**
     * The least size at which a camera's pictures are seen as large as now: a letterbox of 416x416 scales 768x576 to 416x312, and what
     * is below that is grey that the network computes on like on anything else. Sides are multiples of 32 and never grow.
     *
     * <p>Source: Ultralytics calls it rectangular inference ({@code rect}), and chooses it for each batch of pictures of one shape.
     *
     * @param graph whose input has a declared size
     * @param height of the camera's pictures, pixels
     * @param width of the camera's pictures, pixels
     * @throws ModelException if the graph declares no size
     */
    public static Pixels leastFor(Graph graph, int height, int width) throws ModelException {
        long[] shape = pictures(graph);
        if (shape[2] <= 0 || shape[3] <= 0) {
            throw new ModelException("its input is " + Arrays.toString(shape)
                    + ": it has no size of its own that could be kept; name the size");
        }
        double scale = Math.min((double) shape[2] / height, (double) shape[3] / width);
        return new Pixels(side(height * scale, shape[2]), side(width * scale, shape[3]));
    }

    private static int side(double seen, long most) {
        // A whisker less: 416.00000000000006 pixels are 416.
        int strides = (int) Math.ceil((seen - 1e-6) / STRIDE);
        return (int) Math.min(most, (long) Math.max(1, strides) * STRIDE);
    }

    private static long[] pictures(Graph graph) throws ModelException {
        long[] shape = Declared.shape(graph.inputs().get(0));
        if (graph.inputs().size() != 1 || shape.length != 4 || shape[1] != PLANES) {
            throw new ModelException(
                    "its input is " + Arrays.toString(shape) + "; a size can be set for [batch, 3, height, width]");
        }
        return shape;
    }

    /**
     * Changes the declared size.
     *
     * @param graph constants folded; is changed
     * @param height of the pictures, pixels
     * @param width of the pictures, pixels
     * @throws ModelException if the graph does not allow it; the message names the node
     */
    public static void set(Graph graph, int height, int width) throws ModelException {
        long[] shape = pictures(graph);
        long[] before = shape.clone();
        before[0] = 1;
        boolean known = before[2] > 0 && before[3] > 0;
        Map<String, Values> old = known ? run(graph, before) : Map.of();
        if (known) {
            BakedShapes.follow(graph, before, new long[] {1, PLANES, height, width});
            graph.removeUnused();
        }
        ValueInfoProto input = Declared.withSize(graph.inputs().get(0), 2, height);
        graph.setInput(0, Declared.withSize(input, 3, width));
        for (int i = 0; i < graph.outputs().size(); i++) {
            // The old sizes are wrong from here on, and the new ones are what running it gives.
            graph.setOutput(i, undeclared(graph.outputs().get(i)));
        }
        Map<String, Values> given = run(graph, new long[] {1, PLANES, height, width});
        double pixels = (double) height * width / Math.max(1, before[2] * before[3]);
        for (int i = 0; i < graph.outputs().size(); i++) {
            ValueInfoProto output = graph.outputs().get(i);
            Values now = given.get(output.getName());
            Values then = old.get(output.getName());
            if (then != null) {
                requireScaled(graph, output.getName(), then, now, pixels);
            }
            ValueInfoProto declared = Declared.withShape(output, now.shape());
            graph.setOutput(i, shape[0] == -1 ? Declared.withOpenBatch(declared, "batch") : declared);
        }
    }

    private static ValueInfoProto undeclared(ValueInfoProto value) {
        ValueInfoProto.Builder changed = value.toBuilder();
        changed.getTypeBuilder().getTensorTypeBuilder().clearShape();
        return changed.build();
    }

    private static Map<String, Values> run(Graph graph, long[] shape) throws ModelException {
        String input = graph.inputs().get(0).getName();
        try (TrialSession session =
                TrialSession.open("with pictures of " + shape[3] + "x" + shape[2], graph.toModel())) {
            session.give(input, new float[Values.count(shape)], shape);
            return session.run();
        }
    }

    /** Cells must become more or fewer with the pixels, or stay as many in every dimension, as classes do. */
    private static void requireScaled(Graph graph, String output, Values then, Values now, double pixels)
            throws ModelException {
        boolean sameRank = then.shape().length == now.shape().length;
        double ratio = (double) now.floats().length / then.floats().length;
        boolean pooled = graph.nodes().stream().anyMatch(node -> node.is("GlobalAveragePool"));
        if (!sameRank || !(Math.abs(ratio / pixels - 1) < 1e-9 || (pooled && ratio == 1))) {
            List<Node> baked = graph.nodes().stream()
                    .filter(node -> node.is("Reshape") || node.is("Resize"))
                    .toList();
            throw new ModelException(
                    "output " + output + " becomes " + Arrays.toString(now.shape()) + " from "
                            + Arrays.toString(then.shape())
                            + ", which does not go with the pixels: a size is baked in, at one of "
                            + baked
                            + ". Each side must be a multiple of the largest stride (32 as a rule); else export the model anew.");
        }
    }
}
