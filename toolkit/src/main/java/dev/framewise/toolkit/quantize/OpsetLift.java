package dev.framewise.toolkit.quantize;

import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.vision.detect.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Brings a model of operator set 11 or 12 to 13, the first that quantizes per channel. What changed there for models that run: axes
 * and sizes that were attributes became inputs, and Softmax works on one axis instead of all from one axis on.
 *
 * <p>Source: onnx/docs/Changelog.md, versions 12 and 13.
 */
final class OpsetLift {
    static final long OPSET = 13;
    private static final long OLDEST = 11;
    private static final long IR_VERSION = 7;

    private OpsetLift() {}

    /** Lifts a graph; one that is there already stays as it is. */
    static void lift(Graph graph) throws ModelException {
        long opset = graph.opset();
        if (opset >= OPSET) {
            return;
        }
        if (opset < OLDEST) {
            throw new ModelException("is of operator set " + opset + "; " + OLDEST
                    + " is the oldest that can be quantized. Export it again with a newer one.");
        }
        for (Node node : graph.nodes()) {
            if (node.isAny(Set.of("Squeeze", "Unsqueeze", "ReduceSum"))) {
                toInput(graph, node, "axes");
            } else if (node.is("Split")) {
                toInput(graph, node, "split");
            } else if (node.isAny(Set.of("Softmax", "LogSoftmax", "Hardmax"))) {
                // Equal on the last axis. The default was 1, which is the last of [batch, classes].
                node.set("axis", node.integer("axis", 1));
            }
        }
        for (int i = 0; i < graph.header().getOpsetImportCount(); i++) {
            String domain = graph.header().getOpsetImport(i).getDomain();
            if (domain.isEmpty() || domain.equals(Node.STANDARD_DOMAIN)) {
                graph.header().getOpsetImportBuilder(i).setVersion(OPSET);
            }
        }
        graph.header().setIrVersion(Math.max(IR_VERSION, graph.header().getIrVersion()));
    }

    private static void toInput(Graph graph, Node node, String attribute) {
        if (node.find(attribute).isEmpty()) {
            return;
        }
        String tensor =
                graph.put(Tensors.longs(graph.freshName(node.name() + "." + attribute), node.integers(attribute)));
        node.removeAttribute(attribute);
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.add(tensor);
        graph.setInputs(node, inputs);
    }
}
