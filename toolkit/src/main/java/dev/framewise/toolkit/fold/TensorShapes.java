package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import java.util.Arrays;
import java.util.Optional;

/** Shapes that tensors of a graph really have. */
final class TensorShapes {
    private TensorShapes() {}

    /**
     * The shape of a tensor for one shape of the only input: what makes it is run.
     *
     * @param inputShape all sizes known
     */
    static long[] of(Graph graph, String tensor, long[] inputShape) throws ModelException {
        Optional<Node> maker = graph.producer(tensor);
        if (maker.isEmpty()) {
            return inputShape.clone();
        }
        ValueInfoProto wanted = ValueInfoProto.newBuilder()
                .setName(tensor)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber())))
                .build();
        ModelProto.Builder model = graph.toModel().toBuilder();
        model.getGraphBuilder().clearOutput().addOutput(wanted);
        Graph part = Graph.of(model.build());
        part.setInput(0, Declared.withShape(part.inputs().get(0), inputShape));
        part.removeUnused();
        try (TrialSession session = TrialSession.open("the part before " + tensor, part.toModel())) {
            session.give(graph.inputs().get(0).getName(), new float[Values.count(inputShape)], inputShape);
            return session.run().get(tensor).shape();
        }
    }

    /** The shape that a Reshape's target makes of another, every size said. */
    static long[] reshaped(long[] target, long[] from, boolean zeroIsZero) {
        long[] sizes = target.clone();
        long known = 1;
        int rest = -1;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = sizes[i] == 0 && !zeroIsZero ? from[i] : sizes[i];
            known *= sizes[i] == -1 ? 1 : sizes[i];
            rest = sizes[i] == -1 ? i : rest;
        }
        if (rest >= 0) {
            sizes[rest] = Arrays.stream(from).reduce(1, Math::multiplyExact) / Math.max(1, known);
        }
        return sizes;
    }
}
