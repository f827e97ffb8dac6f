package dev.framewise.toolkit.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.TestingGraph;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.InputFormat.Fit;
import dev.framewise.vision.image.LetterboxGeometry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewritesTest {
    @Test
    void theStemOfYoloxBecomesOneConvolution() throws Exception {
        ModelProto before = model("yolox-nano-416");
        Graph graph = Graph.of(before);
        Map<String, Integer> done = Rewrites.fold(graph);
        assertThat(done).containsEntry("sliced stems folded into one convolution", 1);
        assertThat(graph.nodes()).noneMatch(node -> node.is("Slice"));
        Node stem = graph.consumers("images").get(0);
        assertThat(stem.integers("kernel_shape")).containsExactly(6, 6);
        assertThat(stem.integers("strides")).containsExactly(2, 2);
        assertThat(stem.integers("pads")).containsExactly(2, 2, 2, 2);
        Equivalence apart = Equivalence.of(before, graph.toModel(), 1);
        assertThat(apart.maxAbs()).isGreaterThan(1);
        assertThat(apart.holds()).as(apart.toString()).isTrue();
    }

    @Test
    void theTailOfYoloxTurnsBehindItsConvolutions() throws Exception {
        Graph graph = Graph.of(model("yolox-nano-416"));
        Rewrites.fold(graph);
        assertThat(graph.nodes().stream().filter(node -> node.is("Transpose")))
                .hasSize(9)
                .allSatisfy(node -> assertThat(
                                graph.producer(node.input(0)).orElseThrow().operator())
                        .isEqualTo("Conv"));
    }

    @Test
    void normalizationsAndScalesGoIntoTheConvolution() throws Exception {
        ModelProto before = new TestingGraph()
                .input("x", 1, 3, 8, 8)
                .random("w", 4, 3, 3, 3)
                .positive("scale", 4)
                .random("shift", 4)
                .random("mean", 4)
                .positive("variance", 4)
                .random("times", 1, 4, 1, 1)
                .random("plus", 4, 1, 1)
                .node("Conv", "a", "x", "w")
                .node("BatchNormalization", "b", "a", "scale", "shift", "mean", "variance")
                .node("Mul", "c", "b", "times")
                .node("Add", "d", "plus", "c")
                .node("Identity", "e", "d")
                .node("Relu", "y", "e")
                .output("y", 1, 4, 6, 6)
                .model();
        Graph graph = Graph.of(before);
        Rewrites.fold(graph);
        assertThat(graph.nodes()).extracting(Node::operator).containsExactlyInAnyOrder("Conv", "Relu");
        assertThat(Equivalence.of(before, graph.toModel(), 1).holds()).isTrue();
    }

    @Test
    void aSharedConvolutionKeepsItsWeights() throws Exception {
        ModelProto before = new TestingGraph()
                .input("x", 1, 3, 8, 8)
                .random("w", 4, 3, 1, 1)
                .random("times", 1, 4, 1, 1)
                .node("Conv", "a", "x", "w")
                .node("Mul", "b", "a", "times")
                .node("Add", "y", "a", "b")
                .output("y", 1, 4, 8, 8)
                .model();
        Graph graph = Graph.of(before);
        assertThat(Rewrites.fold(graph)).isEmpty();
        assertThat(Equivalence.of(before, graph.toModel(), 1).maxDifference()).isZero();
    }

    @Test
    void constantsAreComputedOnce() throws Exception {
        ModelProto before = new TestingGraph()
                .input("x", 1, 4)
                .random("a", 4)
                .random("b", 4)
                .node("Shape", "s", "x")
                .node("Mul", "ab", "a", "b")
                .node("Reshape", "abs", "ab", "s")
                .node("Add", "y", "x", "abs")
                .output("y", 1, 4)
                .model();
        Graph graph = Graph.of(before);
        Rewrites.fold(graph);
        assertThat(graph.nodes()).extracting(Node::operator).containsExactly("Add");
        assertThat(Equivalence.of(before, graph.toModel(), 1).maxDifference()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yolox-nano-416", "fastestdet-352"})
    void takesAnyBatchThroughBakedInShapes(String name) throws Exception {
        Graph graph = Graph.of(model(name));
        Rewrites.fold(graph);
        // It compares three pictures together with each alone, and throws where they differ.
        assertThat(Rebatch.open(graph)).isPositive();
        assertThat(graph.inputs()
                        .get(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam())
                .isEqualTo("batch");
    }

    @Test
    void aModelThatMixesItsPicturesIsRefused() throws Exception {
        Graph graph = Graph.of(new TestingGraph()
                .input("x", 1, 4)
                .integers("flat", 4)
                .node("Reshape", "f", "x", "flat")
                .node("Softmax", "s", Map.of("axis", 0L), "f")
                .integers("row", 1, 4)
                .node("Reshape", "y", "s", "row")
                .output("y", 1, 4)
                .model());
        assertThatThrownBy(() -> Rebatch.open(graph))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("mixes its pictures");
    }

    @Test
    void anotherSizeWhereTheGraphAllowsIt() throws Exception {
        Graph graph = Graph.of(model("yolox-nano-416"));
        Rewrites.fold(graph);
        InputSize.set(graph, 384, 416);
        assertThat(graph.outputs()
                        .get(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(1)
                        .getDimValue())
                .isEqualTo(48 * 52 + 24 * 26 + 12 * 13);
    }

    @ParameterizedTest
    @CsvSource({
        "768, 576, 416, 320", // 416x312 of 416x416
        "1280, 720, 416, 256",
        "1920, 1080, 416, 256",
        "640, 640, 416, 416",
        "480, 640, 320, 416",
        "4000, 3, 416, 32",
        "416, 288, 416, 288", // is a multiple of 32 already
        "1232, 416, 416, 160" // 140.5 rows
    })
    void theLeastSizeForACameraKeepsTheScale(int width, int height, int leastWidth, int leastHeight) throws Exception {
        Graph graph = Graph.of(model("yolox-nano-416"));
        InputSize.Pixels least = InputSize.leastFor(graph, height, width);
        assertThat(least).isEqualTo(new InputSize.Pixels(leastHeight, leastWidth));
        assertThat(LetterboxGeometry.fit(width, height, leastWidth, leastHeight, Fit.TOP_LEFT))
                .as("where the picture lies")
                .isEqualTo(LetterboxGeometry.fit(width, height, 416, 416, Fit.TOP_LEFT));
    }

    @Test
    void aModelOfOpenSizeHasNoneThatCouldBeKept() throws Exception {
        Graph graph = Graph.of(new TestingGraph()
                .input("x", 1, 3, "height", "width")
                .node("Relu", "y", "x")
                .output("y", 1, 3, "height", "width")
                .model());
        assertThatThrownBy(() -> InputSize.leastFor(graph, 576, 768))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("name the size");
    }

    @Test
    void anotherSizeIsRefusedWhereOneIsBakedIn() throws Exception {
        Graph graph = Graph.of(model("framewise-person-416"));
        Rewrites.fold(graph);
        assertThatThrownBy(() -> InputSize.set(graph, 320, 352))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("352x320");
    }

    private static ModelProto model(String name) throws ModelException {
        return ModelStore.read(AssetCatalog.standard().locate(name));
    }
}
