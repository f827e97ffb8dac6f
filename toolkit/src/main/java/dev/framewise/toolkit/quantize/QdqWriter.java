package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the model in which some units are INT8: weights int8 symmetric per output channel, biases int32, activations uint8
 * asymmetric, each float operator between DequantizeLinear and QuantizeLinear. ONNX Runtime fuses these three to an integer kernel;
 * any other runtime may run them as they stand.
 *
 * <p>A tensor that an INT8 node makes is quantized once, for all who read it. One that a float node makes is quantized for its INT8
 * readers only: float readers see it as it is. Weights that stay in float are stored as 16 bit floats: {@link HalfStorage}. Relu and Clip disappear where the range says the same.
 */
final class QdqWriter {
    private static final Set<String> REMOVABLE = Set.of("Relu", "Clip");

    private final Graph base;
    private final Units units;
    private final RangePlan plan;

    /** @param base folded, of operator set 13 or newer, every node named */
    QdqWriter(Graph base, Units units, RangePlan plan) {
        this.base = base;
        this.units = units;
        this.plan = plan;
    }

    /** The model where these units are INT8. */
    ModelProto write(BitSet int8) {
        return graph(int8).toModel();
    }

    /** The same, to be changed further. */
    Graph graph(BitSet int8) {
        Graph graph = base.copy();
        Set<String> chosen = units.int8Nodes(int8);
        Map<String, Range> ranges = plan.shared(units.sorted(), chosen);
        WeightWriter weights = new WeightWriter(graph, ranges);
        for (Node node : graph.sorted()) {
            if (chosen.contains(node.name())) {
                weights.quantize(node);
            }
        }
        for (Node node : graph.nodes()) {
            if (chosen.contains(node.name()) && node.isAny(REMOVABLE)) {
                removeActivation(graph, node);
            }
        }
        Set<String> tensors = new LinkedHashSet<>();
        for (Node node : graph.sorted()) {
            if (chosen.contains(node.name())) {
                node.inputs().stream().filter(plan::has).forEach(tensors::add);
                node.outputs().stream().filter(plan::has).forEach(tensors::add);
            }
        }
        for (String tensor : tensors) {
            pair(graph, tensor, ranges.get(tensor), chosen);
        }
        graph.removeUnused();
        HalfStorage.shrink(graph);
        return graph;
    }

    /** Values below 0, or beyond a bound, become the outermost steps anyway: ranges were read off behind the activation. */
    private static void removeActivation(Graph graph, Node activation) {
        Node maker = graph.producer(activation.input(0)).orElseThrow();
        if (graph.hasOneUse(maker.output())) {
            graph.bypassForward(activation);
        }
    }

    private static void pair(Graph graph, String tensor, Range range, Set<String> chosen) {
        boolean madeByInt8 = graph.producer(tensor)
                .filter(node -> chosen.contains(node.name()))
                .isPresent();
        String scale = graph.put(Tensors.scalar(graph.freshName(tensor + ".scale"), range.scale()));
        String zero = graph.put(Tensors.bytes(
                graph.freshName(tensor + ".zero"), DataType.UINT8, new long[0], (byte) range.zeroPoint()));
        String quantized = graph.freshName(tensor + ".q");
        String back = graph.freshName(tensor + ".dq");
        String from = tensor;
        if (madeByInt8) {
            from = graph.freshName(tensor + ".raw");
            graph.moveProducer(tensor, from);
            back = tensor;
        } else {
            for (Node reader : graph.consumers(tensor)) {
                if (chosen.contains(reader.name())) {
                    String to = back;
                    List<String> inputs = new ArrayList<>(reader.inputs());
                    inputs.replaceAll(name -> name.equals(tensor) ? to : name);
                    graph.setInputs(reader, inputs);
                }
            }
        }
        graph.add(Node.of(
                "QuantizeLinear", graph.freshName(tensor + ".quantize"), List.of(from, scale, zero), quantized));
        graph.add(Node.of(
                "DequantizeLinear", graph.freshName(tensor + ".dequantize"), List.of(quantized, scale, zero), back));
    }
}
