package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Lets a model of one input and a fixed batch take any batch. What stands in its way are constants with a baked-in size: shapes that
 * Reshape is given, such as [1, 85, -1]. Each is rewritten so that the batch lands where it belongs: the tensor before it is looked
 * at with a batch of 1 and of 2, which shows where the batch lies in memory, and the size at that place becomes the one that is
 * left open. A dimension that holds the batch and something else together, as channel shuffles make it, is found as well.
 */
public final class Rebatch {
    private static final String BATCH = "batch";
    private static final int PICTURES = 3;

    private Rebatch() {}

    /**
     * Opens the batch.
     *
     * @param graph constants folded; is changed
     * @return how many constants were rewritten
     * @throws ModelException if the model has not one input, a batch other than 1, or mixes its pictures
     */
    public static int open(Graph graph) throws ModelException {
        ModelProto before = graph.toModel();
        if (graph.inputs().size() != 1) {
            throw new ModelException(
                    "it has " + graph.inputs().size() + " inputs; a batch can be opened where there is one");
        }
        long[] shape = Declared.shape(graph.inputs().get(0));
        if (shape.length == 0 || shape[0] == -1) {
            throw new ModelException("its batch is open already");
        }
        if (shape[0] != 1 || Arrays.stream(shape).anyMatch(size -> size < 1)) {
            throw new ModelException("its input is " + Arrays.toString(shape)
                    + "; a batch can be opened where it is 1 and every other size is fixed");
        }
        graph.setInput(0, Declared.withOpenBatch(graph.inputs().get(0), BATCH));
        for (int i = 0; i < graph.outputs().size(); i++) {
            ValueInfoProto output = graph.outputs().get(i);
            if (output.getType().getTensorType().getShape().getDimCount() > 0) {
                graph.setOutput(i, Declared.withOpenBatch(output, BATCH));
            }
        }
        int rewritten = 0;
        for (Node node : graph.sorted()) {
            if (node.is("Reshape") && graph.integers(node.input(1)).isPresent()) {
                rewritten += rewrite(graph, node, shape) ? 1 : 0;
            } else if (node.is("Resize") && graph.integers(node.input(3)).isPresent()) {
                throw new ModelException(node + " has a baked-in target size, batch included; fold has left it");
            }
        }
        requireSame(before, graph.toModel(), shape);
        return rewritten;
    }

    private static boolean rewrite(Graph graph, Node reshape, long[] inputShape) throws ModelException {
        long[] target = graph.integers(reshape.input(1)).orElseThrow();
        long[] one = TensorShapes.of(graph, reshape.input(0), inputShape);
        long[] pair = inputShape.clone();
        pair[0] = 2;
        long[] two = TensorShapes.of(graph, reshape.input(0), pair);
        int at = 0;
        long outer = 1;
        while (at < one.length && one[at] == two[at]) {
            outer *= one[at++];
        }
        if (at == one.length) {
            return false;
        }
        long[] sizes = TensorShapes.reshaped(target, one, reshape.integer("allowzero", 0) != 0);
        long before = 1;
        int place = 0;
        while (place < sizes.length && before < outer) {
            before *= sizes[place++];
        }
        if (before != outer || place == sizes.length) {
            throw new ModelException(reshape + " reshapes " + Arrays.toString(one) + " to " + Arrays.toString(sizes)
                    + ", across the batch: this model cannot take more than one picture at a time");
        }
        sizes[place] = -1;
        String shape = graph.put(Tensors.longs(graph.freshName(reshape.input(1) + ".batched"), sizes));
        graph.setInput(reshape, 1, shape);
        return true;
    }

    /** One picture after the other must give what all together give. */
    private static void requireSame(ModelProto before, ModelProto after, long[] shape) throws ModelException {
        String input = before.getGraph().getInput(0).getName();
        int size = Values.count(shape);
        long[] many = shape.clone();
        many[0] = PICTURES;
        float[] all = new float[PICTURES * size];
        SplittableRandom random = new SplittableRandom(PICTURES);
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) random.nextDouble(0, 255);
        }
        try (TrialSession single = TrialSession.open("the model as it was", before);
                TrialSession batched = TrialSession.open("the model of any batch", after)) {
            batched.give(input, all, many);
            List<Values> together = List.copyOf(batched.run().values());
            for (int picture = 0; picture < PICTURES; picture++) {
                single.give(input, Arrays.copyOfRange(all, picture * size, (picture + 1) * size), shape);
                List<Values> alone = List.copyOf(single.run().values());
                for (int i = 0; i < alone.size(); i++) {
                    int count = alone.get(i).floats().length;
                    Values part = new Values(
                            alone.get(i).shape(),
                            Arrays.copyOfRange(together.get(i).floats(), picture * count, (picture + 1) * count));
                    double apart = alone.get(i).maxDifference(part);
                    if (together.get(i).floats().length != PICTURES * count
                            || apart
                                    > Equivalence.TOLERANCE
                                            * Math.max(1, alone.get(i).maxAbs())) {
                        throw new ModelException("a picture gives something else in a batch of " + PICTURES
                                + " than alone (difference " + apart + "): this model mixes its pictures");
                    }
                }
            }
        }
    }
}
