package dev.framewise.toolkit.trial;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.detect.ThreadCpu;
import dev.framewise.vision.provider.NativeRuntime;
import dev.framewise.vision.provider.NetworkInput;
import dev.framewise.vision.provider.ProviderOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model opened from its message on the CPU, one thread that does not spin, as the detector opens it. Inputs are floats. One
 * thread; closing gives back all native memory.
 */
public final class TrialSession implements AutoCloseable {
    private final OrtEnvironment environment = NativeRuntime.environment();
    private final OrtSession session;
    private final String name;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();

    private TrialSession(String name, OrtSession session) {
        this.name = name;
        this.session = session;
    }

    /**
     * Opens a model as it would run.
     *
     * @param name how messages call it
     * @throws ModelException if ONNX Runtime refuses it, with its reason in words
     */
    public static TrialSession open(String name, ModelProto model) throws ModelException {
        return open(name, model, /* optimized= */ true);
    }

    /**
     * Opens a model.
     *
     * @param optimized whether ONNX Runtime may rewrite it, as it does when it is used; else it runs node by node
     * @throws ModelException if ONNX Runtime refuses it, with its reason in words
     */
    public static TrialSession open(String name, ModelProto model, boolean optimized) throws ModelException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setOptimizationLevel(optimized ? SessionOptions.OptLevel.ALL_OPT : SessionOptions.OptLevel.NO_OPT);
            return new TrialSession(name, NativeRuntime.environment().createSession(model.toByteArray(), options));
        } catch (OrtException e) {
            throw new ModelException(name + ": ONNX Runtime does not take it: " + reason(e), e);
        }
    }

    /**
     * Opens a model on an execution provider that must be there.
     *
     * @param file the model; a provider that builds engines keeps them as its options say
     * @throws ModelException if the provider cannot be had, or does not take the model
     */
    public static TrialSession open(Path file, ProviderOptions provider, NetworkInput input) throws ModelException {
        try (SessionOptions options = new SessionOptions()) {
            provider.addTo(options, input);
            return new TrialSession(
                    file.toString(), NativeRuntime.environment().createSession(file.toString(), options));
        } catch (OrtException | IOException e) {
            throw new ModelException(file + ": cannot be opened with " + provider + ": " + reason(e), e);
        }
    }

    /** Names of the inputs, in order. */
    public Iterable<String> inputNames() {
        return session.getInputNames();
    }

    /** The declared shape of an input; sizes it leaves open are -1. */
    public long[] inputShape(String input) throws ModelException {
        try {
            return ((TensorInfo) session.getInputInfo().get(input).getInfo()).getShape();
        } catch (OrtException e) {
            throw new ModelException(name + ": " + reason(e), e);
        }
    }

    /** Gives an input values that stay until others are given. The memory is read at each {@link #run}, not now. */
    public void give(String input, ByteBuffer nativeOrderDirect, long... shape) throws ModelException {
        try {
            OnnxTensor before = inputs.put(
                    input, OnnxTensor.createTensor(environment, nativeOrderDirect, shape, OnnxJavaType.FLOAT));
            if (before != null) {
                before.close();
            }
        } catch (OrtException e) {
            throw new ModelException(name + ": input " + input + ": " + reason(e), e);
        }
    }

    /** Gives an input values, copied. */
    public void give(String input, float[] values, long... shape) throws ModelException {
        ByteBuffer memory =
                ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        memory.asFloatBuffer().put(values);
        give(input, memory, shape);
    }

    /**
     * Runs the model on what it was given.
     *
     * @return its outputs by name, in the model's order
     * @throws ModelException if ONNX Runtime fails, with the node's name in its reason
     */
    public Map<String, Values> run() throws ModelException {
        try (OrtSession.Result result = session.run(inputs)) {
            Map<String, Values> values = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                if (output.getValue() instanceof OnnxTensor tensor) {
                    values.put(output.getKey(), values(tensor));
                }
            }
            return values;
        } catch (OrtException e) {
            throw new ModelException(name + ": fails when it runs: " + reason(e), e);
        }
    }

    /** Runs the model and throws away what it gives; returns the CPU time of that, nanoseconds of this thread. */
    public long time() throws ModelException {
        long start = ThreadCpu.nanos();
        try (OrtSession.Result result = session.run(inputs)) {
            long nanos = ThreadCpu.nanos() - start;
            return result.size() > 0 ? nanos : 0;
        } catch (OrtException e) {
            throw new ModelException(name + ": fails when it runs: " + reason(e), e);
        }
    }

    private static Values values(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        float[] floats = new float[Values.count(info.getShape())];
        ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
        switch (info.type) {
            case FLOAT -> bytes.asFloatBuffer().get(floats);
            case FLOAT16, BFLOAT16 -> {
                FloatBuffer widened = tensor.getFloatBuffer();
                widened.get(floats);
            }
            default -> {
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = switch (info.type) {
                        case INT64 -> bytes.getLong();
                        case INT32 -> bytes.getInt();
                        case DOUBLE -> (float) bytes.getDouble();
                        case UINT8 -> bytes.get() & 0xff;
                        default -> bytes.get();
                    };
                }
            }
        }
        return new Values(info.getShape(), floats);
    }

    /** ONNX Runtime puts the error's number before its words. */
    private static String reason(Exception e) {
        String message = String.valueOf(e.getMessage()).strip();
        int words = message.indexOf("message: ");
        return (words < 0 ? message : message.substring(words + "message: ".length())).replaceAll("\\s+", " ");
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        inputs.clear();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(name + ": cannot be closed", e);
        }
    }
}
