package dev.framewise.toolkit.fold;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.toolkit.shape.Constants;
import dev.framewise.toolkit.shape.Shape;
import dev.framewise.toolkit.shape.ShapeInference;
import dev.framewise.toolkit.trial.ConstantValues;
import dev.framewise.vision.detect.ModelException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the result in the place of nodes that read constants only, as ONNX Runtime computes it, and of the shape of a tensor whose
 * shape is known.
 */
final class ConstantFold implements Rewrite {
    /** Different at each run. */
    private static final Set<String> RANDOM = Set.of(
            "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli");

    /** Kept as they are: turning weights back into floats would make the model larger. */
    private static final Set<String> KEPT = Set.of("DequantizeLinear", "QuantizeLinear", "DynamicQuantizeLinear");

    /** A constant larger than this is not worth the place: 16 MiB. */
    private static final int MAX_BYTES = 16 << 20;

    @Override
    public String what() {
        return "nodes computed once and for all";
    }

    @Override
    public int apply(Graph graph) throws ModelException {
        int shapes = foldShapes(graph);
        Set<String> known = new LinkedHashSet<>();
        graph.constants().forEach(tensor -> known.add(tensor.getName()));
        List<Node> foldable = new ArrayList<>();
        for (Node node : graph.sorted()) {
            if (isFoldable(graph, node) && known.containsAll(readsOf(node))) {
                foldable.add(node);
                known.addAll(node.outputs());
            }
        }
        return foldable.isEmpty() ? shapes : shapes + replace(graph, foldable);
    }

    private static List<String> readsOf(Node node) {
        return node.inputs().stream().filter(name -> !name.isEmpty()).toList();
    }

    private static boolean isFoldable(Graph graph, Node node) {
        return node.isStandard()
                && !node.hasSubgraphs()
                && !node.isAny(RANDOM)
                && !node.isAny(KEPT)
                && node.outputs().stream().noneMatch(graph::isOutput);
    }

    private static int replace(Graph graph, List<Node> foldable) throws ModelException {
        Graph part = graph.copy();
        Set<String> wanted = new LinkedHashSet<>();
        foldable.forEach(node -> wanted.addAll(node.outputs()));
        wanted.remove("");
        ModelProto model = only(part, foldable, wanted);
        int replaced = 0;
        for (Map.Entry<String, Optional<TensorProto>> value :
                ConstantValues.compute(model, MAX_BYTES).entrySet()) {
            if (value.getValue().isPresent()) {
                Node producer = graph.producer(value.getKey()).orElseThrow();
                if (producer.outputs().size() == 1) {
                    graph.remove(producer);
                    graph.put(value.getValue().get());
                    replaced++;
                }
            }
        }
        return replaced;
    }

    /** A model of these nodes alone, that gives all they make. */
    private static ModelProto only(Graph part, List<Node> nodes, Set<String> outputs) {
        ModelProto.Builder model = part.toModel().toBuilder();
        model.getGraphBuilder().clearInput().clearOutput().clearNode();
        nodes.forEach(node -> model.getGraphBuilder().addNode(node.toProto()));
        outputs.forEach(output ->
                model.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(output)));
        return model.build();
    }

    private static int foldShapes(Graph graph) throws ModelException {
        List<Node> asked =
                graph.nodes().stream().filter(node -> node.is("Shape")).toList();
        if (asked.isEmpty()) {
            return 0;
        }
        ModelProto model = graph.toModel();
        ShapeInference shapes = new ShapeInference(model.getGraph(), new Constants(model.getGraph()), Map.of());
        int folded = 0;
        for (Node node : asked) {
            Optional<Shape> shape = shapes.of(node.input(0)).filter(Shape::isKnown);
            // Operator set 15 can ask for a part.
            boolean whole = node.find("start").isEmpty() && node.find("end").isEmpty();
            if (shape.isPresent() && whole && !graph.isOutput(node.output())) {
                graph.remove(node);
                graph.put(Tensors.longs(node.output(), shape.get().sizes()));
                folded++;
            }
        }
        return folded;
    }
}
