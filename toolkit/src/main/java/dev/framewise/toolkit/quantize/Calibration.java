package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the float model over pictures, with every tensor that may be quantized as one more output, and takes account of what it sees. */
final class Calibration {
    /** Told after each run: one picture, one pass. */
    @FunctionalInterface
    interface Listener {
        void ran();
    }

    private Calibration() {}

    /** The tensors that may be quantized: what nodes of units and followers read and make. */
    static Set<String> tensors(Graph graph, Units units) {
        Set<String> tensors = new LinkedHashSet<>();
        for (Node node : units.sorted()) {
            if (units.of(node).isPresent()) {
                node.inputs().stream().filter(name -> isActivation(graph, name)).forEach(tensors::add);
                tensors.addAll(node.outputs());
            } else if (Units.isFollower(node) && tensors.contains(node.input(0))) {
                tensors.addAll(node.outputs());
            }
        }
        return tensors;
    }

    private static boolean isActivation(Graph graph, String name) {
        return !name.isEmpty() && graph.constant(name).isEmpty();
    }

    /**
     * Sees all pictures.
     *
     * @param pictures the network's input, one each
     * @param passes 1 for extremes, 2 for histograms as well
     * @throws ModelException if the model fails, or gives something that is no number; the message says where
     */
    static Map<String, TensorStats> observe(
            Graph graph, Units units, List<ByteBuffer> pictures, long[] shape, int passes, Listener listener)
            throws ModelException {
        Set<String> tensors = tensors(graph, units);
        String input = graph.inputs().get(0).getName();
        Map<String, TensorStats> stats = new HashMap<>();
        tensors.forEach(tensor -> stats.put(tensor, new TensorStats()));
        try (TrialSession session = TrialSession.open("the model with all its tensors", opened(graph, tensors))) {
            for (int pass = 0; pass < passes; pass++) {
                for (ByteBuffer picture : pictures) {
                    session.give(input, picture, shape);
                    Map<String, Values> given = session.run();
                    see(stats, input, picture, given, pass);
                    listener.ran();
                }
            }
        }
        for (Map.Entry<String, TensorStats> seen : stats.entrySet()) {
            if (!seen.getValue().isFinite()) {
                throw new ModelException("tensor " + seen.getKey()
                        + " is not a number, or infinite, for one of the pictures: the float model itself is broken");
            }
        }
        return stats;
    }

    private static void see(
            Map<String, TensorStats> stats, String input, ByteBuffer picture, Map<String, Values> given, int pass) {
        for (Map.Entry<String, TensorStats> seen : stats.entrySet()) {
            float[] values;
            if (seen.getKey().equals(input)) {
                values = new float[picture.remaining() / Float.BYTES];
                picture.duplicate().order(picture.order()).asFloatBuffer().get(values);
            } else {
                values = given.get(seen.getKey()).floats();
            }
            if (pass == 0) {
                seen.getValue().extremes(values);
            } else {
                seen.getValue().count(values);
            }
        }
    }

    private static ModelProto opened(Graph graph, Set<String> tensors) {
        Graph open = graph.copy();
        for (String tensor : tensors) {
            if (!open.isInput(tensor) && !open.isOutput(tensor)) {
                open.addOutput(ValueInfoProto.newBuilder()
                        .setName(tensor)
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber())))
                        .build());
            }
        }
        return open.toModel();
    }
}
