package dev.framewise.toolkit.shape;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.toolkit.graph.Tensors;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tensors that stand in the file: initializers and the values of Constant nodes. */
public final class Constants {
    private final Map<String, TensorProto> tensors = new HashMap<>();

    public Constants(GraphProto graph) {
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

    public Optional<TensorProto> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    Map<String, TensorProto> all() {
        return tensors;
    }

    /** The values of a constant of whole numbers; empty for any other name, and where the values lie in another file. */
    Optional<long[]> integers(String name) {
        return find(name).flatMap(Tensors::integers);
    }

    /** The values of a constant of FLOAT; empty for any other name, and where the values lie in another file. */
    Optional<float[]> floats(String name) {
        return find(name).flatMap(Tensors::floats);
    }
}
