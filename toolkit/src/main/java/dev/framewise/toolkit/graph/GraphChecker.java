package dev.framewise.toolkit.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with a model, in words, one sentence each: the rules of ONNX's own checker that do not need the definitions of its
 * operators. Those are left to ONNX Runtime, which runs whatever this toolkit writes before it is written.
 *
 * <p>Source: the ONNX specification, docs/IR.md, and onnx/checker.cc.
 */
public final class GraphChecker {
    private final List<String> problems = new ArrayList<>();
    private final Set<String> domains = new HashSet<>();

    private GraphChecker() {}

    /** All problems; empty where there are none. */
    public static List<String> check(ModelProto model) {
        GraphChecker checker = new GraphChecker();
        checker.header(model);
        checker.graph(model.getGraph());
        return List.copyOf(checker.problems);
    }

    private void header(ModelProto model) {
        require(model.getIrVersion() > 0, "the model names no IR version");
        require(model.getOpsetImportCount() > 0, "the model names no operator set");
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            require(domains.add(domain(opset.getDomain())), "operator set '" + opset.getDomain() + "' is named twice");
            require(opset.getVersion() > 0, "operator set '" + opset.getDomain() + "' has no version");
        }
        model.getFunctionsList().forEach(function -> domains.add(domain(function.getDomain())));
        require(!model.getGraph().getName().isEmpty(), "the graph has no name");
        require(model.getGraph().getNodeCount() > 0, "the graph has no nodes");
        require(model.getGraph().getOutputCount() > 0, "the graph has no outputs");
    }

    private static String domain(String name) {
        return name.equals(Node.STANDARD_DOMAIN) ? "" : name;
    }

    private void graph(GraphProto graph) {
        Set<String> known = new HashSet<>();
        for (ValueInfoProto input : graph.getInputList()) {
            require(known.add(input.getName()), "two inputs are called " + input.getName());
            require(input.getType().hasTensorType(), "input " + input.getName() + " has no tensor type");
        }
        Set<String> constants = new HashSet<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            require(constants.add(tensor.getName()), "two constants are called '" + tensor.getName() + "'");
            known.add(tensor.getName());
            tensor(tensor);
        }
        graph.getSparseInitializerList()
                .forEach(sparse -> known.add(sparse.getValues().getName()));
        Set<String> nodeNames = new HashSet<>();
        for (NodeProto message : graph.getNodeList()) {
            Node node = Node.of(message);
            require(
                    message.getName().isEmpty() || nodeNames.add(message.getName()),
                    "two nodes are called " + message.getName());
            require(!message.getOpType().isEmpty(), "node " + node.name() + " names no operator");
            require(
                    domains.contains(domain(message.getDomain())),
                    node + " is of an operator set that the model does not name");
            for (String read : node.reads()) {
                require(known.contains(read), node + " reads " + read + ", which nothing before it makes");
            }
            require(
                    message.getAttributeList().stream().noneMatch(a -> a.hasT() && Tensors.isExternal(a.getT())),
                    node + " has values in another file");
            for (String output : message.getOutputList()) {
                require(output.isEmpty() || known.add(output), node + " makes " + output + ", which is there already");
            }
        }
        Set<String> outputs = new HashSet<>();
        for (ValueInfoProto output : graph.getOutputList()) {
            require(outputs.add(output.getName()), "two outputs are called " + output.getName());
            require(known.contains(output.getName()), "nothing makes output " + output.getName());
            require(output.getType().hasTensorType(), "output " + output.getName() + " has no tensor type");
        }
    }

    private void tensor(TensorProto tensor) {
        String what = "constant " + tensor.getName();
        DataType type = DataType.forNumber(tensor.getDataType());
        require(!tensor.getName().isEmpty(), "a constant has no name");
        require(type != null && type != DataType.UNDEFINED, what + " has no type");
        require(tensor.getDimsList().stream().allMatch(size -> size >= 0), what + " has a negative size");
        require(!Tensors.isExternal(tensor), what + " has its values in another file");
        if (!problems.isEmpty()) {
            return;
        }
        int bytes = Tensors.elementBytes(tensor);
        if (tensor.hasRawData() && bytes > 0) {
            long wanted = bytes * Tensors.count(tensor);
            require(
                    tensor.getRawData().size() == wanted,
                    what + " holds " + tensor.getRawData().size() + " bytes; its shape and type make " + wanted);
        } else if (type == DataType.FLOAT || type == DataType.INT64) {
            int listed = type == DataType.FLOAT ? tensor.getFloatDataCount() : tensor.getInt64DataCount();
            require(
                    listed == Tensors.count(tensor),
                    what + " holds " + listed + " values; its shape makes " + Tensors.count(tensor));
        }
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
