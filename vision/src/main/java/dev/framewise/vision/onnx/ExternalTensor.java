package dev.framewise.vision.onnx;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A tensor whose values lie in a file beside the model.
 *
 * @param name of the tensor; may be empty
 * @param entries where they lie: location, offset, length
 * @param bytes how many its shape and type make; empty if they make none that can be
 */
record ExternalTensor(String name, Map<String, String> entries, OptionalLong bytes) {
    ExternalTensor {
        entries = Map.copyOf(entries);
    }
}
