package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.trial.Stopwatch;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.vision.detect.ModelException;
import java.nio.ByteBuffer;
import java.util.List;

/** The last measurement of time: the given model, the folded one and the new one in turn, 10 rounds to warm up and 100 that count. */
final class Measurement {
    private static final int WARM_UPS = 10;
    private static final int ROUNDS = 100;

    private Measurement() {}

    static Outcome.Millis of(ModelProto published, Graph folded, ModelProto made, ByteBuffer picture, long[] shape)
            throws ModelException {
        String input = folded.inputs().get(0).getName();
        try (TrialSession first = TrialSession.open("the model as it was given", published);
                TrialSession second = TrialSession.open("the folded model", folded.toModel());
                TrialSession third = TrialSession.open("the new model", made)) {
            first.give(input, picture, shape);
            second.give(input, picture, shape);
            third.give(input, picture, shape);
            double[] millis = Stopwatch.medians(List.of(first, second, third), WARM_UPS, ROUNDS);
            return new Outcome.Millis(millis[0], millis[1], millis[2]);
        }
    }
}
