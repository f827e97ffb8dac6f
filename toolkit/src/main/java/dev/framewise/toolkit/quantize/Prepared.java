package dev.framewise.toolkit.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Equivalence;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.vision.detect.ModelException;
import java.nio.file.Path;

/**
 * A float model, folded, of an operator set that can be quantized, every node named, and proven to give what it gave.
 *
 * @param published the model as it was given
 * @param graph the folded one
 */
record Prepared(ModelProto published, Graph graph) {
    static Prepared of(Path model) throws ModelException {
        ModelProto published = ModelStore.read(model);
        Graph graph = Graph.of(published);
        if (graph.nodes().stream()
                .anyMatch(node -> node.operator().equals("DequantizeLinear")
                        || node.operator().startsWith("QLinear"))) {
            throw new ModelException(model + ": is quantized already. Start from the float model it was made of.");
        }
        try {
            Rewrites.fold(graph);
            OpsetLift.lift(graph);
            graph.nameNodes();
            Equivalence apart = Equivalence.of(published, graph.toModel(), /* batch= */ 1);
            if (!apart.holds()) {
                throw new ModelException("folding changed what it gives, by " + apart.maxDifference()
                        + ": a fault of this toolkit; nothing is written");
            }
        } catch (ModelException e) {
            throw new ModelException(model + ": " + e.getMessage(), e);
        }
        return new Prepared(published, graph);
    }
}
