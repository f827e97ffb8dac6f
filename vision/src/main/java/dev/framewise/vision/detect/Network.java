package dev.framewise.vision.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.framewise.vision.provider.EngineBuilds;
import dev.framewise.vision.provider.NativeRuntime;
import dev.framewise.vision.provider.NativeRuntimeException;
import dev.framewise.vision.provider.ProviderOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A model with native memory for its input and output: {@code slots} images of [3, height, width] floats go in, the
 * same number of raw outputs comes out, and no run allocates or copies.
 *
 * <p>A model of fixed batch n runs n images at a time: the slots are made up to a multiple of n, and a last, incomplete
 * group runs with whatever its spare slots hold. A model of any batch runs all at once. One thread.
 */
final class Network implements AutoCloseable {
    private static final int CHANNELS = PictureInput.CHANNELS;

    private final Path model;
    private final OrtSession session;
    private final ProviderOptions provider;
    private final String inputName;
    private final String outputName;
    private final int inputWidth;
    private final int inputHeight;
    private final int fixedBatch;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private FloatPointer input;
    private FloatBuffer[] outputs;
    private long[] outputShape;
    private List<Map<String, OnnxTensor>> inputTensors;
    private List<Map<String, OnnxTensor>> outputTensors;

    private Network(Path model, OrtSession session, ProviderOptions provider) throws ModelException, OrtException {
        this.model = model;
        this.session = session;
        this.provider = provider;
        owned.add(session);
        Map<String, NodeInfo> inputs = session.getInputInfo();
        Set<String> outputNames = session.getOutputNames();
        if (inputs.size() != 1 || outputNames.size() != 1) {
            throw new ModelException(model + ": expected one input and one output; found inputs " + inputs.keySet()
                    + " and outputs " + outputNames + ". Export the model with one of each.");
        }
        inputName = inputs.keySet().iterator().next();
        outputName = outputNames.iterator().next();
        long[] shape = imageShape(inputs.get(inputName));
        fixedBatch = (int) Math.max(0, shape[0]);
        inputHeight = (int) shape[2];
        inputWidth = (int) shape[3];
    }

    /**
     * Opens a model, takes the memory and runs it once, which also shows the shape of its output.
     *
     * @throws ModelException if the file is no model, or not one for pictures
     */
    static Network open(ModelFile file, DetectorOptions options) throws ModelException {
        try {
            OrtEnvironment environment = NativeRuntime.environment();
            return new Sessions(environment, file, options, EngineBuilds.standard())
                    .open((session, provider) -> open(file.path(), environment, session, provider, options.maxBatch()));
        } catch (NativeRuntimeException e) {
            throw new ModelException(file.path() + ": cannot be opened: " + e.getMessage(), e);
        }
    }

    private static Network open(
            Path model, OrtEnvironment environment, OrtSession session, ProviderOptions provider, int maxBatch)
            throws OrtException, ModelException {
        Network network = null;
        try {
            network = new Network(model, session, provider);
            network.allocate(environment, maxBatch);
            return network;
        } catch (OrtException | ModelException e) {
            closeQuietly(network == null ? session : network, e);
            throw e;
        }
    }

    private static void closeQuietly(AutoCloseable resource, Exception reason) {
        try {
            resource.close();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    private long[] imageShape(NodeInfo node) throws ModelException {
        if (node.getInfo() instanceof TensorInfo tensor) {
            return PictureInput.require(model, inputName, tensor.type.toString(), tensor.getShape());
        }
        return PictureInput.require(model, inputName, node.getInfo().toString(), new long[0]);
    }

    private void allocate(OrtEnvironment environment, int maxBatch) throws OrtException, ModelException {
        int group = fixedBatch == 0 ? 1 : fixedBatch;
        int slots = (maxBatch + group - 1) / group * group;
        long inputSize = inputFloats();
        input = new FloatPointer(slots * inputSize);
        owned.add(0, input);
        input.put(new float[(int) (group * inputSize)]);
        int outputSize = probe(environment, group);
        FloatPointer output = new FloatPointer((long) slots * outputSize);
        owned.add(0, output);
        outputs = new FloatBuffer[maxBatch];
        for (int slot = 0; slot < maxBatch; slot++) {
            outputs[slot] = bytes(output, slot, 1, outputSize).asFloatBuffer();
        }
        inputTensors = new ArrayList<>();
        outputTensors = new ArrayList<>();
        // One pair of tensors for each group of a fixed batch, or for each size of a free one.
        for (int i = 0; i < (fixedBatch == 0 ? maxBatch : slots / group); i++) {
            int first = fixedBatch == 0 ? 0 : i * group;
            int count = fixedBatch == 0 ? i + 1 : group;
            long[] inputShape = {count, CHANNELS, inputHeight, inputWidth};
            long[] shape = outputShape.clone();
            shape[0] = count;
            inputTensors.add(Map.of(inputName, tensor(environment, input, first, count, inputSize, inputShape)));
            outputTensors.add(Map.of(outputName, tensor(environment, output, first, count, outputSize, shape)));
        }
    }

    /** Runs the first group of zeros and learns the output's shape; returns the number of floats of one image. */
    private int probe(OrtEnvironment environment, int group) throws OrtException, ModelException {
        long[] inputShape = {group, CHANNELS, inputHeight, inputWidth};
        ByteBuffer zeros = bytes(input, 0, group, inputFloats());
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, zeros, inputShape, OnnxJavaType.FLOAT);
                OrtSession.Result result = session.run(Map.of(inputName, tensor))) {
            if (!(result.get(0).getInfo() instanceof TensorInfo info)
                    || info.type != OnnxJavaType.FLOAT
                    || info.getShape().length < 2
                    || info.getShape()[0] != group) {
                throw new ModelException(model + ": expected an output of FLOAT [" + group + ", ...]; found "
                        + outputName + " " + result.get(0).getInfo());
            }
            outputShape = info.getShape().clone();
            outputShape[0] = 1;
            return Math.toIntExact(Arrays.stream(outputShape).reduce(1, Math::multiplyExact));
        }
    }

    private OnnxTensor tensor(
            OrtEnvironment environment, FloatPointer memory, int first, int count, long size, long[] shape)
            throws OrtException {
        ByteBuffer bytes = bytes(memory, first, count, size);
        OnnxTensor tensor = OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.FLOAT);
        owned.add(0, tensor);
        return tensor;
    }

    private static ByteBuffer bytes(FloatPointer memory, int first, int count, long size) {
        FloatPointer from = memory.getPointer(first * size);
        return from.capacity(count * size).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private long inputFloats() {
        return (long) CHANNELS * inputHeight * inputWidth;
    }

    /** Runs slots 0 to {@code count - 1}. */
    void run(int count) {
        try {
            if (fixedBatch == 0) {
                runPair(count - 1);
                return;
            }
            for (int pair = 0; pair * fixedBatch < count; pair++) {
                runPair(pair);
            }
        } catch (OrtException e) {
            throw new IllegalStateException(
                    model + ": ONNX Runtime failed on " + count + " images: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("try") // The result holds nothing but the pinned outputs, which are closed with this object.
    private void runPair(int pair) throws OrtException {
        try (OrtSession.Result result = session.run(inputTensors.get(pair), outputTensors.get(pair))) {}
    }

    /** The input memory of a slot: [3, height, width] floats. */
    FloatPointer input(int slot) {
        return input.getPointer(slot * inputFloats());
    }

    /** The raw output of a slot. */
    FloatBuffer output(int slot) {
        return outputs[slot];
    }

    /** Shape of the output for a batch of one. */
    long[] outputShape() {
        return outputShape;
    }

    int inputWidth() {
        return inputWidth;
    }

    int inputHeight() {
        return inputHeight;
    }

    /** The only batch size the model takes; 0 if any. */
    int fixedBatch() {
        return fixedBatch;
    }

    ProviderOptions provider() {
        return provider;
    }

    /** The key-value pairs that whoever made the model left in it. */
    Map<String, String> metadata() throws ModelException {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw new ModelException(model + ": its metadata cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (AutoCloseable resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                if (first == null) {
                    first = new IllegalStateException(model + ": cannot be closed", e);
                }
            }
        }
        owned.clear();
        if (first != null) {
            throw first;
        }
    }
}
