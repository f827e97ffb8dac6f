package dev.framewise.toolkit.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.TestingGraph;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.ModelException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedShapeTest {
    private static final Map<String, Object> BY_TWO = Map.of("strides", new long[] {2, 2});

    @Test
    void anOpenBatchBecomesOne() throws Exception {
        Graph graph = Graph.of(flat("batch", 32, 32, -1, 4, 256));
        FixedShape.set(graph, 32, 32);
        assertThat(input(graph)).containsExactly(1, 3, 32, 32);
        assertThat(output(graph)).containsExactly(1, 4, 256);
    }

    @Test
    void openSizesBecomeThatSize() throws Exception {
        Graph graph = Graph.of(new TestingGraph()
                .input("x", "batch", 3, "height", "width")
                .random("w", 4, 3, 2, 2)
                .node("Conv", "y", BY_TWO, "x", "w")
                .output("y", "batch", 4, "a", "b")
                .model());
        FixedShape.set(graph, 64, 48);
        assertThat(input(graph)).containsExactly(1, 3, 64, 48);
        assertThat(output(graph)).containsExactly(1, 4, 32, 24);
    }

    @ParameterizedTest
    @CsvSource({"64, 64, 1024", "16, 32, 128", "64, 16, 256"})
    void shapesOfReshapeFollowTheSize(int height, int width, int cells) throws Exception {
        Graph graph = Graph.of(flat(1, 32, 32, 1, 4, 256));
        FixedShape.set(graph, height, width);
        assertThat(input(graph)).containsExactly(1, 3, height, width);
        assertThat(output(graph)).containsExactly(1, 4, cells);
    }

    @Test
    void aReshapeThatTakesPixelsApartIsNamed() {
        ModelProto model = new TestingGraph()
                .input("x", 1, 3, 32, 32)
                .integers("cells", 1, 3, 1024)
                .integers("apart", 1, 3, 4, 256)
                .node("Reshape", "flat", "x", "cells")
                .node("Reshape", "y", "flat", "apart")
                .output("y", 1, 3, 4, 256)
                .model();
        assertThatThrownBy(() -> FixedShape.set(Graph.of(model), 64, 64))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("takes pixels apart");
    }

    @ParameterizedTest
    @CsvSource({"64, 64", "64, 16"})
    void aGridOfCellsIsRefusedAlsoWhereItWouldFit(int height, int width) {
        ModelProto model = gridded();
        assertThatThrownBy(() -> FixedShape.set(Graph.of(model), height, width))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot take pictures of " + width + "x" + height)
                .hasMessageContaining("Export the model anew at that size")
                .hasMessageContaining("the size it was made for, 32x32");
    }

    @Test
    void aGridOfCellsIsNamed() {
        assertThatThrownBy(() -> FixedShape.set(Graph.of(gridded()), 64, 64))
                .hasMessageContaining(
                        "has values for each cell baked in, [1, 4, 256] where this size makes [1, 4, 1024]");
    }

    @Test
    void aBatchOfTwoIsRefused() {
        assertThatThrownBy(() -> FixedShape.set(Graph.of(flat(2, 32, 32, 2, 4, 256)), 32, 32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("a batch that is open or 1");
    }

    @Test
    void shapesOfChannelShufflesFollowTheSize() throws Exception {
        Graph graph = Graph.of(ModelStore.read(AssetCatalog.standard().locate("fastestdet-352")));
        Rewrites.fold(graph);
        FixedShape.set(graph, 320, 320);
        assertThat(output(graph)).containsExactly(1, 85, 20, 20);
    }

    @Test
    void ourOwnDetectorHasItsGridBakedIn() throws Exception {
        Graph graph = Graph.of(ModelStore.read(AssetCatalog.standard().locate("framewise-person-416")));
        Rewrites.fold(graph);
        assertThatThrownBy(() -> FixedShape.set(graph.copy(), 320, 320))
                .hasMessageContaining("values for each cell baked in")
                .hasMessageContaining("416x320");
        FixedShape.set(graph, 320, 416);
        assertThat(output(graph)).containsExactly(1, 5, 2080);
    }

    /** A convolution of stride 2, its cells side by side. */
    private static ModelProto flat(Object batch, int height, int width, long... target) {
        return new TestingGraph()
                .input("x", batch, 3, height, width)
                .random("w", 4, 3, 2, 2)
                .integers("target", target)
                .node("Conv", "c", BY_TWO, "x", "w")
                .node("Reshape", "y", "c", "target")
                .output("y", batch, target[1], target[2])
                .model();
    }

    private static ModelProto gridded() {
        return new TestingGraph()
                .input("x", 1, 3, 32, 32)
                .random("w", 4, 3, 2, 2)
                .integers("target", 1, 4, 256)
                .random("grid", 1, 4, 256)
                .node("Conv", "c", BY_TWO, "x", "w")
                .node("Reshape", "f", "c", "target")
                .node("Add", "y", "f", "grid")
                .output("y", 1, 4, 256)
                .model();
    }

    private static long[] input(Graph graph) {
        return Declared.shape(graph.inputs().get(0));
    }

    private static long[] output(Graph graph) {
        return Declared.shape(graph.outputs().get(0));
    }
}
