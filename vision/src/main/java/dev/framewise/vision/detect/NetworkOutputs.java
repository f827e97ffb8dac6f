package dev.framewise.vision.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outputs of a network, and what each slot's image got of them.
 *
 * <p>Where all are floats of known shape they are pinned: ONNX Runtime writes into the network's memory, and nothing is copied. Where one
 * holds integers, or has as many rows as objects were found, all are copied out of each result; they are small then.
 */
final class NetworkOutputs {
    private static final int BOX = 4;

    private final List<ModelOutput> outputs = new ArrayList<>();
    private final boolean pinned;
    private RawOutputs[] slots = {};

    /**
     * Learns the outputs from what a model declares and from its first run.
     *
     * @param group images of that run
     * @param batchName what the model calls the size of a free batch, perhaps nothing; empty if its batch is fixed
     * @throws ModelException if there is none, or one is no tensor of floats or integers
     */
    NetworkOutputs(
            Path model, int group, Optional<String> batchName, Map<String, NodeInfo> declared, OrtSession.Result first)
            throws ModelException {
        boolean known = true;
        for (Map.Entry<String, OnnxValue> entry : first) {
            TensorInfo found = tensor(model, entry.getKey(), entry.getValue().getInfo());
            boolean integer = found.type != OnnxJavaType.FLOAT;
            NodeInfo node = declared.get(entry.getKey());
            TensorInfo said = node != null && node.getInfo() instanceof TensorInfo info ? info : found;
            long[] sizes = sizes(found.getShape(), said, group, batchName);
            ModelOutput output = new ModelOutput(entry.getKey(), integer, sizes);
            known &= !integer && Arrays.stream(sizes).noneMatch(size -> size == ModelOutput.OPEN);
            outputs.add(output);
        }
        pinned = known;
    }

    private static TensorInfo tensor(Path model, String name, Object info) throws ModelException {
        if (info instanceof TensorInfo tensor
                && tensor.getShape().length >= 1
                && (tensor.type == OnnxJavaType.FLOAT
                        || tensor.type == OnnxJavaType.INT32
                        || tensor.type == OnnxJavaType.INT64)) {
            return tensor;
        }
        throw new ModelException(model + ": expected outputs of FLOAT, INT32 or INT64 [batch, ...]; found " + name + " "
                + info + ". Export the model with such outputs.");
    }

    /** The shape for a batch of one, open where it is another in each run. */
    private static long[] sizes(long[] found, TensorInfo said, int group, Optional<String> batchName) {
        long[] declared = said.getShape();
        long[] sizes = found.clone();
        boolean sameRank = declared.length == found.length;
        boolean batched = found[0] == group
                && (found.length > 2 || !sameRank || declared[0] == group || isBatch(said, batchName));
        if (!batched) {
            sizes[0] = ModelOutput.OPEN;
            return sizes;
        }
        sizes[0] = 1;
        // Exports often leave sizes open that are always the same; of columns of boxes they are truly open.
        boolean mayGrow = found.length == 2 || (found.length == 3 && found[2] == BOX);
        if (sameRank && found.length >= 2 && declared[1] < 0 && mayGrow) {
            sizes[1] = ModelOutput.OPEN;
        }
        return sizes;
    }

    private static boolean isBatch(TensorInfo said, Optional<String> batchName) {
        String[] names = said.getDimensionNames();
        return names.length > 0 && batchName.equals(Optional.of(names[0]));
    }

    /** Whether ONNX Runtime may write into memory that is taken once. */
    boolean pinned() {
        return pinned;
    }

    List<ModelOutput> described() {
        return outputs;
    }

    /**
     * Tells where pinned outputs lie.
     *
     * @param memory for each slot, for each output its floats
     */
    void pin(FloatBuffer[][] memory) {
        int[] rows = outputs.stream()
                .mapToInt(output -> output.sizes().length < 2 ? 1 : (int) output.sizes()[1])
                .toArray();
        slots = new RawOutputs[memory.length];
        for (int slot = 0; slot < memory.length; slot++) {
            slots[slot] = new RawOutputs(memory[slot], rows, /* image= */ 0);
        }
    }

    /** Makes room for so many slots whose outputs are copied. */
    void reserve(int count) {
        slots = new RawOutputs[count];
    }

    /** Copies the outputs of a run, of images in slots from {@code firstSlot} on. */
    void take(OrtSession.Result result, int firstSlot, int count) {
        int size = outputs.size();
        FloatBuffer[] whole = new FloatBuffer[size];
        long[][] shapes = new long[size][];
        for (int i = 0; i < size; i++) {
            OnnxTensor tensor = (OnnxTensor) result.get(i);
            whole[i] = floats(tensor);
            shapes[i] = tensor.getInfo().getShape();
        }
        for (int image = 0; image < count && firstSlot + image < slots.length; image++) {
            FloatBuffer[] floats = new FloatBuffer[size];
            int[] rows = new int[size];
            for (int i = 0; i < size; i++) {
                boolean ofAll = outputs.get(i).sizes()[0] == ModelOutput.OPEN;
                int each = ofAll ? whole[i].capacity() : whole[i].capacity() / (int) shapes[i][0];
                floats[i] = ofAll ? whole[i] : whole[i].slice(image * each, each);
                rows[i] = ofAll ? (int) shapes[i][0] : shapes[i].length < 2 ? 1 : (int) shapes[i][1];
            }
            slots[firstSlot + image] = new RawOutputs(floats, rows, image);
        }
    }

    private static FloatBuffer floats(OnnxTensor tensor) {
        if (tensor.getInfo().type == OnnxJavaType.FLOAT) {
            return tensor.getFloatBuffer();
        }
        FloatBuffer floats = FloatBuffer.allocate((int) tensor.getInfo().getNumElements());
        if (tensor.getInfo().type == OnnxJavaType.INT32) {
            IntBuffer integers = tensor.getIntBuffer();
            for (int i = 0; i < floats.capacity(); i++) {
                floats.put(i, integers.get(i));
            }
        } else {
            LongBuffer integers = tensor.getLongBuffer();
            for (int i = 0; i < floats.capacity(); i++) {
                floats.put(i, (float) integers.get(i));
            }
        }
        return floats;
    }

    /** What the last run left of a slot's image. */
    RawOutputs of(int slot) {
        return slots[slot];
    }
}
