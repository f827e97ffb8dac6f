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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A model with native memory for its input and output: {@code slots} images of [3, height, width] floats go in, the
 * same number of raw outputs comes out. No run allocates or copies where the outputs are pinned: {@link NetworkOutputs}.
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
    private final int inputWidth;
    private final int inputHeight;
    private final int fixedBatch;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private FloatPointer input;
    private NetworkOutputs outputs;
    private List<Map<String, OnnxTensor>> inputTensors;
    private List<Map<String, OnnxTensor>> outputTensors;

    private Network(Path model, OrtSession session, ProviderOptions provider) throws ModelException, OrtException {
        this.model = model;
        this.session = session;
        this.provider = provider;
        owned.add(session);
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (inputs.size() != 1) {
            throw new ModelException(
                    model + ": expected one input; found inputs " + inputs.keySet() + ". Export the model with one.");
        }
        inputName = inputs.keySet().iterator().next();
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
        } catch (OutOfMemoryError e) {
            // Native memory that is refused; what was taken before goes back.
            ModelException refusal = new ModelException(
                    model + ": no memory for its inputs and outputs, for batches of " + maxBatch + ": " + e.getMessage()
                            + ". Choose a smaller batch or model, or give the process more.",
                    e);
            closeQuietly(network == null ? session : network, refusal);
            throw refusal;
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
        input = new FloatPointer(slots * inputFloats());
        owned.add(0, input);
        input.put(new float[(int) (group * inputFloats())]);
        inputTensors = new ArrayList<>();
        // One tensor for each group of a fixed batch, or for each size of a free one.
        for (int i = 0; i < (fixedBatch == 0 ? maxBatch : slots / group); i++) {
            long[] shape = {size(i), CHANNELS, inputHeight, inputWidth};
            inputTensors.add(Map.of(inputName, tensor(environment, input, first(i), size(i), inputFloats(), shape)));
        }
        // The first group is zeros; its run shows the outputs, and warms up.
        try (OrtSession.Result result = session.run(inputTensors.get(0))) {
            outputs = new NetworkOutputs(model, group, batchName(), session.getOutputInfo(), result);
        }
        if (outputs.pinned()) {
            pinOutputs(environment, maxBatch, slots);
        } else {
            outputs.reserve(maxBatch);
        }
    }

    private void pinOutputs(OrtEnvironment environment, int maxBatch, int slots) throws OrtException {
        List<ModelOutput> described = outputs.described();
        FloatBuffer[][] memory = new FloatBuffer[maxBatch][described.size()];
        outputTensors = new ArrayList<>();
        inputTensors.forEach(each -> outputTensors.add(new HashMap<>()));
        for (int o = 0; o < described.size(); o++) {
            int size = described.get(o).floats();
            FloatPointer output = new FloatPointer((long) slots * size);
            owned.add(0, output);
            for (int slot = 0; slot < maxBatch; slot++) {
                memory[slot][o] = bytes(output, slot, 1, size).asFloatBuffer();
            }
            for (int i = 0; i < inputTensors.size(); i++) {
                long[] shape = described.get(o).sizes().clone();
                shape[0] = size(i);
                outputTensors
                        .get(i)
                        .put(described.get(o).name(), tensor(environment, output, first(i), size(i), size, shape));
            }
        }
        outputs.pin(memory);
    }

    /** First slot of a run. */
    private int first(int run) {
        return fixedBatch == 0 ? 0 : run * fixedBatch;
    }

    /** Slots of a run. */
    private int size(int run) {
        return fixedBatch == 0 ? run + 1 : fixedBatch;
    }

    private Optional<String> batchName() throws OrtException {
        if (fixedBatch != 0) {
            return Optional.empty();
        }
        TensorInfo info = (TensorInfo) session.getInputInfo().get(inputName).getInfo();
        return Optional.of(info.getDimensionNames()[0]);
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

    private void runPair(int pair) throws OrtException {
        if (outputs.pinned()) {
            runPinned(pair);
            return;
        }
        try (OrtSession.Result result = session.run(inputTensors.get(pair))) {
            outputs.take(result, first(pair), size(pair));
        }
    }

    @SuppressWarnings("try") // The result holds nothing but the pinned outputs, which are closed with this object.
    private void runPinned(int pair) throws OrtException {
        try (OrtSession.Result result = session.run(inputTensors.get(pair), outputTensors.get(pair))) {}
    }

    /** The input memory of a slot: [3, height, width] floats. */
    FloatPointer input(int slot) {
        return input.getPointer(slot * inputFloats());
    }

    /** What the last run left of a slot's image. */
    RawOutputs output(int slot) {
        return outputs.of(slot);
    }

    /** The outputs for a batch of one. */
    List<ModelOutput> outputs() {
        return outputs.described();
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
