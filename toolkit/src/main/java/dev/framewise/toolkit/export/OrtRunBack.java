package dev.framewise.toolkit.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import java.util.ArrayList;
import java.util.List;

/** An ONNX model, run by ONNX Runtime node by node, without its rewriting. */
record OrtRunBack(ModelProto model, long[] shape) implements RunBack {
    @Override
    public List<List<float[]>> run(List<float[]> inputs) throws ModelException {
        List<List<float[]>> found = new ArrayList<>();
        try (TrialSession session = TrialSession.open("the exported model", model, /* optimized= */ false)) {
            String input = session.inputNames().iterator().next();
            for (float[] values : inputs) {
                session.give(input, values, shape);
                found.add(session.run().values().stream().map(Values::floats).toList());
            }
        }
        return found;
    }
}
