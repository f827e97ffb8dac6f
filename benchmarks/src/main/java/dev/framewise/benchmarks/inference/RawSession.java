package dev.framewise.benchmarks.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.framewise.vision.provider.NativeRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * ONNX Runtime on the CPU with nothing around it: pictures of noise in direct memory, outputs pinned, no copy. One thread at a time.
 */
public final class RawSession implements AutoCloseable {
    private final OrtSession session;
    private final int batch;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    private RawSession(OrtEnvironment environment, OrtSession session, int batch) throws OrtException {
        this.session = session;
        Map.Entry<String, NodeInfo> in =
                session.getInputInfo().entrySet().iterator().next();
        long[] shape = ((TensorInfo) in.getValue().getInfo()).getShape();
        this.batch = shape[0] > 0 ? (int) shape[0] : batch;
        shape[0] = this.batch;
        input = tensor(environment, shape);
        inputs = Map.of(in.getKey(), input);
        String outputName = session.getOutputNames().iterator().next();
        try (OrtSession.Result result = session.run(inputs)) {
            output = tensor(environment, ((TensorInfo) result.get(0).getInfo()).getShape());
        }
        outputs = Map.of(outputName, output);
    }

    /**
     * Opens a model of one input of floats and one output of floats, and runs it once.
     *
     * @param threads of a run, at least 1; they do not spin while they wait
     */
    public static RawSession open(Path model, int threads) throws OrtException {
        return open(model, threads, /* batch= */ 1, SessionVariant.SAME);
    }

    /**
     * The same, with more pictures in a run.
     *
     * @param batch pictures of a run, at least 1; a model of fixed batch has its own
     * @param setting what is set beyond the above
     */
    static RawSession open(Path model, int threads, int batch, SessionSetting setting) throws OrtException {
        OrtEnvironment environment = NativeRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            setting.apply(options);
            return new RawSession(environment, environment.createSession(model.toString(), options), batch);
        }
    }

    /** Noise of 0 to 255. */
    private static OnnxTensor tensor(OrtEnvironment environment, long[] declared) throws OrtException {
        long[] shape = Arrays.stream(declared).map(size -> Math.max(1, size)).toArray();
        int floats = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        ByteBuffer memory = ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
        SplittableRandom random = new SplittableRandom(/* seed= */ 7);
        for (int i = 0; i < floats; i++) {
            memory.putFloat(i * Float.BYTES, random.nextInt(256));
        }
        return OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.FLOAT);
    }

    /** Pictures of a run. */
    int batch() {
        return batch;
    }

    /** Runs one batch of pictures. */
    @SuppressWarnings("try") // the result holds nothing but the pinned output
    public void run() throws OrtException {
        try (OrtSession.Result result = session.run(inputs, outputs)) {}
    }

    @Override
    public void close() throws OrtException {
        input.close();
        output.close();
        session.close();
    }
}
