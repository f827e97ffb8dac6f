package dev.framewise.toolkit.inspect;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tensors that stand in the file: initializers and the values of Constant nodes. */
final class Constants {
    private final Map<String, TensorProto> tensors = new HashMap<>();

    Constants(GraphProto graph) {
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant")) {
                for (AttributeProto attribute : node.getAttributeList()) {
                    if (attribute.hasT()) {
                        tensors.put(node.getOutput(0), attribute.getT());
                    }
                }
            }
        }
    }

    Optional<TensorProto> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    Map<String, TensorProto> all() {
        return tensors;
    }

    /** The values of a constant of INT64 or INT32; empty for any other name, and where the values lie in another file. */
    Optional<long[]> integers(String name) {
        TensorProto tensor = tensors.get(name);
        if (tensor == null || isExternal(tensor)) {
            return Optional.empty();
        }
        ByteBuffer raw = raw(tensor);
        if (tensor.getDataType() == TensorProto.DataType.INT64.getNumber()) {
            long[] values = tensor.getInt64DataList().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            if (tensor.hasRawData()) {
                values = new long[raw.remaining() / Long.BYTES];
                raw.asLongBuffer().get(values);
            }
            return Optional.of(values);
        }
        if (tensor.getDataType() == TensorProto.DataType.INT32.getNumber()) {
            long[] values = tensor.getInt32DataList().stream()
                    .mapToLong(Integer::longValue)
                    .toArray();
            if (tensor.hasRawData()) {
                values = new long[raw.remaining() / Integer.BYTES];
                for (int i = 0; i < values.length; i++) {
                    values[i] = raw.getInt();
                }
            }
            return Optional.of(values);
        }
        return Optional.empty();
    }

    /** The values of a constant of FLOAT; empty for any other name, and where the values lie in another file. */
    Optional<float[]> floats(String name) {
        TensorProto tensor = tensors.get(name);
        if (tensor == null || isExternal(tensor) || tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
            return Optional.empty();
        }
        float[] values = new float[tensor.getFloatDataCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.getFloatData(i);
        }
        if (tensor.hasRawData()) {
            ByteBuffer raw = raw(tensor);
            values = new float[raw.remaining() / Float.BYTES];
            raw.asFloatBuffer().get(values);
        }
        return Optional.of(values);
    }

    static boolean isExternal(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    private static ByteBuffer raw(TensorProto tensor) {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
