package dev.framewise.toolkit.fold;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import java.util.Arrays;
import java.util.Map;

/** Fixes the input of a model: one picture of one size, as converters for boards want it. */
public final class FixedShape {
    /** How much wider the pictures of a probe are: a multiple of every stride, and no ratio that could hide a mistake. */
    private static final int PROBE = 64;

    private FixedShape() {}

    /**
     * Fixes batch and size.
     *
     * @param graph of one input, folded; is changed
     * @param height of the pictures, pixels
     * @param width of the pictures, pixels
     * @throws ModelException if the graph cannot be of that size or of one picture; the message names what is baked in
     */
    public static void set(Graph graph, int height, int width) throws ModelException {
        if (graph.inputs().size() != 1) {
            throw new ModelException("it has " + graph.inputs().size() + " inputs; wanted is one, of pictures");
        }
        long[] declared = Declared.shape(graph.inputs().get(0));
        if (declared.length != 4 || declared[0] > 1) {
            throw new ModelException("its input is " + Arrays.toString(declared)
                    + "; wanted is [batch, 3, height, width] with a batch that is open or 1");
        }
        if (declared[2] != height || declared[3] != width) {
            resize(graph, declared, height, width);
        }
        graph.setInput(0, Declared.withSize(graph.inputs().get(0), 0, 1));
        declareOutputs(graph, new long[] {1, declared[1], height, width});
    }

    private static void resize(Graph graph, long[] declared, int height, int width) throws ModelException {
        long[] after = {1, declared[1], height, width};
        boolean known = declared[2] > 0 && declared[3] > 0;
        try {
            // As many cells in another order would be taken without a word: then another size tells.
            if (known && declared[2] * declared[3] == (long) height * width) {
                InputSize.set(graph.copy(), height, width + PROBE);
            }
            InputSize.set(graph, height, width);
        } catch (ModelException e) {
            String reason = BakedShapes.grid(graph, after).orElse(e.getMessage());
            String own = known ? ", or stay with the size it was made for, " + declared[3] + "x" + declared[2] : "";
            throw new ModelException(
                    "it cannot take pictures of " + width + "x" + height + ": " + reason
                            + ". Export the model anew at that size from what it was trained in" + own,
                    e);
        }
    }

    private static void declareOutputs(Graph graph, long[] shape) throws ModelException {
        String input = graph.inputs().get(0).getName();
        try (TrialSession session = TrialSession.open("for one picture", graph.toModel())) {
            session.give(input, new float[Values.count(shape)], shape);
            Map<String, Values> made = session.run();
            for (int i = 0; i < graph.outputs().size(); i++) {
                Values values = made.get(graph.outputs().get(i).getName());
                graph.setOutput(i, Declared.withShape(graph.outputs().get(i), values.shape()));
            }
        }
    }
}
