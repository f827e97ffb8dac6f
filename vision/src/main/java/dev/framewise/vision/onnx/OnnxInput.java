package dev.framewise.vision.onnx;

import java.util.List;

/**
 * An input as the model declares it.
 *
 * @param name its name
 * @param elementType number of the element type in TensorProto.DataType, 1 for FLOAT; 0 if it is no tensor or says nothing
 * @param shape its sizes, -1 for those that are open
 */
public record OnnxInput(String name, int elementType, List<Long> shape) {
    public OnnxInput {
        shape = List.copyOf(shape);
    }
}
