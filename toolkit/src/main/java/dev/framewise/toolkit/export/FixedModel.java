package dev.framewise.toolkit.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import dev.framewise.toolkit.fold.Equivalence;
import dev.framewise.toolkit.fold.FixedShape;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A model of one picture of one size, folded, as every export begins.
 *
 * @param parent the file it comes from
 * @param published the model in that file
 * @param model the fixed one
 * @param file where it was written
 * @param shape of its input, [1, 3, height, width]
 */
record FixedModel(Path parent, ModelProto published, ModelProto model, Path file, long[] shape) {
    /** Key of the metadata that names the file it was made of, by its SHA-256. */
    private static final String PARENT = "framewise.export.parent";

    /**
     * Fixes a model.
     *
     * @param folder where it is written to
     * @throws ModelException if it cannot be of that size; the message says why and what to do instead
     */
    static FixedModel of(Path parent, int width, int height, Path folder) throws ModelException, IOException {
        ModelProto published = ModelStore.read(parent);
        try {
            Graph sized = Graph.of(published);
            // Shapes that are computed must be constants before they can follow another size.
            Rewrites.fold(sized);
            FixedShape.set(sized, height, width);
            Graph graph = sized.copy();
            Rewrites.fold(graph);
            graph.nameNodes();
            requireSame(sized.toModel(), graph.toModel());
            if (Arrays.equals(declared(published), new long[] {height, width})) {
                requireSame(published, graph.toModel());
            }
            graph.setMetadata(PARENT, Fingerprint.of(parent).sha256());
            Path file = folder.resolve("fixed.onnx");
            ModelStore.write(file, graph.toModel());
            return new FixedModel(parent, published, graph.toModel(), file, new long[] {1, 3, height, width});
        } catch (ModelException e) {
            throw new ModelException(parent + ": " + e.getMessage(), e);
        }
    }

    /** Height and width that a model declares; 0 where they are open. */
    private static long[] declared(ModelProto model) {
        List<TensorShapeProto.Dimension> sizes = Graph.of(model)
                .inputs()
                .get(0)
                .getType()
                .getTensorType()
                .getShape()
                .getDimList();
        return new long[] {sizes.get(2).getDimValue(), sizes.get(3).getDimValue()};
    }

    /** Whether it was made for another size, and no other. */
    boolean isResized() {
        long[] declared = declared(published);
        return declared[0] > 0 && declared[1] > 0 && (declared[0] != height() || declared[1] != width());
    }

    private static void requireSame(ModelProto before, ModelProto after) throws ModelException {
        Equivalence apart = Equivalence.of(before, after, /* batch= */ 1);
        if (!apart.holds()) {
            throw new ModelException("folding changed what it gives, by " + apart.maxDifference()
                    + ": a fault of this toolkit; nothing is written");
        }
    }

    /** Values of its input. */
    int inputValues() {
        return Values.count(shape);
    }

    int width() {
        return (int) shape[3];
    }

    int height() {
        return (int) shape[2];
    }

    /** The declared shape of each output. */
    List<long[]> outputShapes() {
        return model.getGraph().getOutputList().stream()
                .map(output -> output.getType().getTensorType().getShape().getDimList().stream()
                        .mapToLong(size -> size.getDimValue())
                        .toArray())
                .toList();
    }

    /** The name of each output. */
    List<String> outputNames() {
        return model.getGraph().getOutputList().stream()
                .map(output -> output.getName())
                .toList();
    }
}
