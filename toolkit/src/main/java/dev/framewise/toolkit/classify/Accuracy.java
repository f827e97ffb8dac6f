package dev.framewise.toolkit.classify;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.quantize.AnswerPrecision;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.detect.ThreadCpu;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often a classifier is right, run by ONNX Runtime one picture at a time as it is in use.
 *
 * @param right share of the pictures whose highest answer is their class, 0 to 1
 * @param cpuMillis of one picture, one thread: the median
 */
public record Accuracy(double right, double cpuMillis) {
    /** Tries a classifier on all pictures. */
    public static Accuracy of(ModelProto model, PictureFolder pictures) throws ModelException {
        return of(model, pictures, IntStream.range(0, pictures.size()).boxed().toList());
    }

    /**
     * Tries a classifier.
     *
     * @param chosen indices of the pictures
     */
    static Accuracy of(ModelProto model, PictureFolder pictures, List<Integer> chosen) throws ModelException {
        int floats = 3 * pictures.width() * pictures.height();
        float[] planes = new float[floats];
        ByteBuffer memory = ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
        long[] nanos = new long[chosen.size()];
        int right = 0;
        try (TrialSession session = TrialSession.open(model.getGraph().getName(), model)) {
            String input = session.inputNames().iterator().next();
            session.give(input, memory, 1, 3, pictures.height(), pictures.width());
            for (int i = 0; i < nanos.length; i++) {
                pictures.planes(chosen.get(i), planes, 0);
                memory.asFloatBuffer().put(planes);
                long start = ThreadCpu.nanos();
                float[] answers = session.run().values().iterator().next().floats();
                nanos[i] = ThreadCpu.nanos() - start;
                right += AnswerPrecision.highest(answers) == pictures.labels().get(chosen.get(i)) ? 1 : 0;
            }
        }
        Arrays.sort(nanos);
        return new Accuracy(right / (double) nanos.length, nanos[nanos.length / 2] / 1e6);
    }
}
