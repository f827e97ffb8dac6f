package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How far two models are apart: both run on the same random pictures, of values 0 to 255, in ONNX Runtime.
 *
 * @param maxDifference greatest absolute difference of any output; infinite where shapes differ or something is no number
 * @param maxAbs greatest absolute value that the first model gives
 */
public record Equivalence(double maxDifference, double maxAbs) {
    /** What rounding may make of one another: of the greatest value. Folding changes the order in which floats are added. */
    public static final double TOLERANCE = 1e-4;

    private static final long SEED = 20_240_607;
    private static final int RUNS = 2;

    /** What the second model is given where the first is given something. */
    @FunctionalInterface
    public interface Translation {
        /** The same pictures, as the second wants them. */
        float[] given(float[] values, long[] shape);
    }

    /**
     * Runs both.
     *
     * @param batch size of a first dimension that a model leaves open, from 1
     */
    public static Equivalence of(ModelProto before, ModelProto after, int batch) throws ModelException {
        return of(before, after, batch, (values, shape) -> values);
    }

    /** The same for a second model that wants its pictures otherwise. */
    public static Equivalence of(ModelProto before, ModelProto after, int batch, Translation translation)
            throws ModelException {
        double apart = 0;
        double most = 0;
        try (TrialSession first = TrialSession.open("the model as it was", before);
                TrialSession second = TrialSession.open("the changed model", after)) {
            SplittableRandom random = new SplittableRandom(SEED);
            for (int run = 0; run < RUNS; run++) {
                for (Map.Entry<String, Given> given :
                        inputs(first, batch, random).entrySet()) {
                    Given values = given.getValue();
                    first.give(given.getKey(), values.values(), values.shape());
                    second.give(given.getKey(), translation.given(values.values(), values.shape()), values.shape());
                }
                Map<String, Values> expected = first.run();
                Map<String, Values> found = second.run();
                for (Map.Entry<String, Values> output : expected.entrySet()) {
                    Values other = found.get(output.getKey());
                    apart = Math.max(
                            apart,
                            other == null
                                    ? Double.POSITIVE_INFINITY
                                    : output.getValue().maxDifference(other));
                    most = Math.max(most, output.getValue().maxAbs());
                }
            }
        }
        return new Equivalence(apart, most);
    }

    /** Whether they give the same but for rounding. */
    public boolean holds() {
        return maxDifference <= TOLERANCE * Math.max(1, maxAbs);
    }

    private record Given(float[] values, long[] shape) {}

    private static Map<String, Given> inputs(TrialSession session, int batch, SplittableRandom random)
            throws ModelException {
        Map<String, Given> inputs = new LinkedHashMap<>();
        for (String name : session.inputNames()) {
            long[] shape = session.inputShape(name);
            shape[0] = shape[0] < 0 ? batch : shape[0];
            float[] values = new float[Values.count(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(0, 255);
            }
            inputs.put(name, new Given(values, shape));
        }
        return inputs;
    }
}
