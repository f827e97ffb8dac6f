package dev.framewise.toolkit.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.TestingGraph;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.ModelException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeInferenceTest {
    /** The exporter declared the shape of every tensor: inference without these must find the same ones. */
    @ParameterizedTest
    @ValueSource(strings = {"yolox-nano-416", "fastestdet-352"})
    void findsWhatTheExporterDeclared(String name) throws Exception {
        GraphProto declared =
                ModelStore.read(AssetCatalog.standard().locate(name)).getGraph();
        GraphProto bare = declared.toBuilder()
                .clearValueInfo()
                .clearOutput()
                .addOutput(ValueInfoProto.newBuilder()
                        .setName(declared.getOutput(0).getName()))
                .build();
        ShapeInference expected = new ShapeInference(declared, new Constants(declared), Map.of());
        ShapeInference found = new ShapeInference(bare, new Constants(bare), Map.of());
        assertThat(declared.getValueInfoCount()).isGreaterThan(200);
        for (ValueInfoProto value : declared.getValueInfoList()) {
            assertThat(found.of(value.getName()).map(Shape::toString))
                    .as(value.getName())
                    .isEqualTo(expected.of(value.getName()).map(Shape::toString));
        }
        assertThat(found.of(declared.getOutput(0).getName()).map(Shape::toString))
                .isEqualTo(expected.of(declared.getOutput(0).getName()).map(Shape::toString));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3 | 2 | 1 | 1 | NOTSET     | [1, 8, 5, 5]
                    3 | 1 | 0 | 2 | NOTSET     | [1, 8, 5, 5]
                    3 | 2 | 0 | 1 | SAME_UPPER | [1, 8, 5, 5]
                    3 | 2 | 0 | 1 | VALID      | [1, 8, 4, 4]
                    """)
    void convolution(long kernel, long stride, long pad, long dilation, String autoPad, String expected)
            throws Exception {
        TestingGraph graph = new TestingGraph()
                .input("x", 1, 4, 9, 9)
                .weights("w", 8, 4, kernel, kernel)
                .node(
                        "Conv",
                        "y",
                        Map.of(
                                "strides",
                                new long[] {stride, stride},
                                "pads",
                                new long[] {pad, pad, pad, pad},
                                "dilations",
                                new long[] {dilation, dilation},
                                "auto_pad",
                                autoPad),
                        "x",
                        "w");
        assertThat(graph.shapeOf("y")).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 | 9223372036854775807 | 2  | [5]
                    1 | -1                  | 1  | [7]
                    -3 | 100                | 1  | [3]
                    8 | -100                | -1 | [9]
                    5 | 2                   | 1  | [0]
                    """)
    void slice(long start, long end, long step, String expected) throws Exception {
        TestingGraph graph = new TestingGraph()
                .input("x", 9)
                .integers("from", start)
                .integers("to", end)
                .integers("axis", -1)
                .integers("step", step)
                .node("Slice", "y", "x", "from", "to", "axis", "step");
        assertThat(graph.shapeOf("y")).contains(expected);
    }

    @Test
    void reshapeKeepsSizesForZeroAndFillsInTheRest() throws Exception {
        TestingGraph graph = new TestingGraph()
                .input("x", 2, 3, 4, 5)
                .integers("shape", 0, -1, 10)
                .node("Reshape", "y", "x", "shape");
        assertThat(graph.shapeOf("y")).contains("[2, 6, 10]");
    }

    @Test
    void matrixProducts() throws Exception {
        TestingGraph graph = new TestingGraph()
                .input("a", 7, 1, 3, 4)
                .input("b", 2, 4, 5)
                .input("c", 6, 4)
                .node("MatMul", "ab", "a", "b")
                .node("Flatten", "flat", Map.of("axis", 3L), "a")
                .node("Gemm", "flatC", Map.of("transB", 1L), "flat", "c");
        assertThat(graph.shapeOf("ab")).contains("[7, 2, 3, 5]");
        assertThat(graph.shapeOf("flat")).contains("[21, 4]");
        assertThat(graph.shapeOf("flatC")).contains("[21, 6]");
    }

    @Test
    void anUnknownSizeStaysUnknownThroughEveryLayer() throws Exception {
        TestingGraph graph = new TestingGraph()
                .input("x", "batch", 3, 8, "width")
                .weights("w", 4, 3, 1, 1)
                .floats("scales", 1, 1, 2, 2)
                .node("Conv", "conv", "x", "w")
                .node("Relu", "relu", "conv")
                .node("Resize", "big", "relu", "", "scales")
                .node("Concat", "both", Map.of("axis", 3L), "big", "big");
        assertThat(graph.shapeOf("both")).contains("[?, 4, 16, ?]");
    }

    @Test
    void whatNoRuleKnowsIsNotGuessed() throws Exception {
        TestingGraph graph = new TestingGraph()
                .input("x", 1, 3, 8, 8)
                .node("NonMaxSuppression", "boxes", "x")
                .node("com.example.Relu", "foreign", "x")
                .node(
                        "MaxPool",
                        "rounded",
                        Map.of("kernel_shape", new long[] {2, 2}, "strides", new long[] {3, 3}, "ceil_mode", 1L),
                        "x")
                .node("Relu", "behind", "boxes");
        assertThat(graph.shapeOf("boxes")).isEmpty();
        assertThat(graph.shapeOf("foreign")).isEmpty();
        assertThat(graph.shapeOf("rounded")).isEmpty();
        assertThat(graph.shapeOf("behind")).isEmpty();
    }

    @Test
    void attributesThatDoNotFitAreAnErrorThatNamesTheNode() {
        TestingGraph graph =
                new TestingGraph().input("x", 1, 3).node("Transpose", "y", Map.of("perm", new long[] {0, 5}), "x");
        assertThatThrownBy(() -> graph.shapeOf("y"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("Transpose node that makes y");
    }
}
