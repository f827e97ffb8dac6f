package dev.framewise.toolkit.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.toolkit.graph.TestingGraph;
import dev.framewise.vision.asset.AssetCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInspectorTest {
    @TempDir
    private Path folder;

    /**
     * Megvii's README says 0.91 M parameters and 1.08 GFLOPs. Both count the batch normalizations that the export has folded into
     * the convolutions: one more parameter for each of their channels, and two multiply-adds for each number of their output.
     */
    @Test
    void yoloxNanoCostsWhatItsAuthorsPublished() throws Exception {
        ModelSummary summary = ModelInspector.inspect(AssetCatalog.standard().locate("yolox-nano-416"), Map.of());
        List<Layer> normalized =
                summary.layers().stream().filter(layer -> !isPrediction(layer)).toList();
        assertThat(normalized).hasSize(104);
        long channels = normalized.stream()
                .mapToLong(layer -> layer.output().orElseThrow().size(1))
                .sum();
        long numbers = normalized.stream()
                .mapToLong(layer -> layer.output().orElseThrow().elementsFrom(0).orElseThrow())
                .sum();
        assertThat((summary.parameters() + channels) / 1e6).isCloseTo(0.91, within(0.005));
        assertThat((summary.flops().orElseThrow() + 2 * 2 * numbers) / 1e9).isCloseTo(1.08, within(0.005));
        assertThat(summary.head().name()).contains("yolox, 80 classes");
        assertThat(summary.inputs()).hasSize(1);
        assertThat(summary.inputs().get(0).shape().orElseThrow()).hasToString("[1, 3, 416, 416]");
        assertThat(summary.opsets()).containsEntry("ai.onnx", 11L);
    }

    /** The last convolution of each branch of the head: classes, box, objectness. */
    private static boolean isPrediction(Layer layer) {
        return List.of(80L, 4L, 1L).contains(layer.output().orElseThrow().size(1));
    }

    @Test
    void fastestDetIsKnownByItsHead() throws Exception {
        ModelSummary summary = ModelInspector.inspect(AssetCatalog.standard().locate("fastestdet-352"), Map.of());
        assertThat(summary.head().name()).contains("fastestdet, 80 classes");
        assertThat(summary.flops()).isPresent();
    }

    @Test
    void aModelThatNoHeadReadsIsInspectedAllTheSame() throws Exception {
        ModelSummary summary = inspect(new TestingGraph()
                .input("x", 1, 3, 8, 8)
                .weights("w", 2, 3, 1, 1)
                .node("Conv", "y", "x", "w")
                .output("y", 1, 2, 8, 8));
        assertThat(summary.head().name()).isEmpty();
        assertThat(summary.head().problem()).isNotBlank();
        assertThat(summary.flops()).isPresent();
    }

    @Test
    void costOfEveryKindOfLayer() throws Exception {
        ModelSummary summary = inspect(new TestingGraph()
                .input("x", 1, 4, 8, 8)
                .weights("grouped", 8, 2, 3, 3)
                .weights("bias", 8)
                .weights("up", 8, 5, 2, 2)
                .weights("dense", 10, 64)
                .weights("square", 10, 10)
                .weights("anchors", 1, 10)
                .node("Conv", "a", Map.of("group", 2L, "pads", new long[] {1, 1, 1, 1}), "x", "grouped", "bias")
                .node("ConvTranspose", "u", Map.of("strides", new long[] {2, 2}), "a", "up")
                .node("Flatten", "flat", Map.of("axis", 2L), "a")
                .node("Gemm", "g", Map.of("transB", 1L), "flat", "dense")
                .node("MatMul", "m", "g", "square")
                .node("Add", "placed", "m", "anchors")
                .output("placed", 8, 10)
                .output("u", 1, 5, 16, 16));
        assertThat(summary.layers())
                .extracting(Layer::operator)
                .containsExactly("Conv", "ConvTranspose", "Gemm", "MatMul");
        assertThat(summary.layers())
                .extracting(layer -> layer.multiplyAdds().orElseThrow())
                .containsExactly(8L * 8 * 8 * 2 * 3 * 3, 8L * 8 * 8 * 5 * 2 * 2, 8L * 10 * 64, 8L * 10 * 10);
        assertThat(summary.layers())
                .extracting(Layer::parameters)
                .containsExactly(8L * 2 * 3 * 3 + 8, 160L, 640L, 100L);
        assertThat(summary.parameters()).isEqualTo(152 + 160 + 640 + 100);
        assertThat(summary.flops()).hasValue(2 * (9216 + 10240 + 5120 + 800));
    }

    @Test
    void sharedAndQuantizedWeightsAreCountedOnce() throws Exception {
        ModelSummary summary = inspect(new TestingGraph()
                .input("x", 1, 3, 4, 4)
                .initializer(TestingGraph.tensor("w8", TensorProto.DataType.INT8, 3, 3, 1, 1)
                        .setRawData(com.google.protobuf.ByteString.copyFrom(new byte[9]))
                        .build())
                .floats("scale", 1)
                .node("DequantizeLinear", "w", "w8", "scale")
                .node("Conv", "a", "x", "w")
                .node("Conv", "b", "a", "w")
                .output("b", 1, 3, 4, 4));
        assertThat(summary.parameters()).isEqualTo(9);
        assertThat(summary.flops()).hasValue(2 * 2 * 9 * 16);
    }

    @Test
    void aNamedSizeIsUnknownUntilItIsGiven() throws Exception {
        TestingGraph graph = new TestingGraph()
                .input("x", "batch", 3, 4, 4)
                .weights("w", 2, 3, 1, 1)
                .node("Conv", "y", "x", "w")
                .output("y", "batch", 2, 4, 4);
        ModelSummary unknown = inspect(graph);
        assertThat(unknown.flops()).isEmpty();
        assertThat(unknown.unknownLayers()).extracting(Layer::name).containsExactly("y");
        assertThat(unknown.inputs().get(0).shape().orElseThrow()).hasToString("[batch, 3, 4, 4]");
        assertThat(SummaryText.of(unknown)).contains("FLOPs        unknown: no shape of y; --dim");

        ModelSummary given = ModelInspector.inspect(folder.resolve("model.onnx"), Map.of("batch", 8L));
        assertThat(given.flops()).hasValue(2L * 8 * 2 * 16 * 3);
    }

    @Test
    void whatIsNotCountedIsNamed() throws Exception {
        ModelSummary summary = inspect(new TestingGraph()
                .input("x", 1, 3)
                .node("Einsum", "e", "x")
                .node("com.example.Fused", "f", "e")
                .output("f", 1, 3));
        assertThat(summary.uncounted()).containsExactlyInAnyOrderEntriesOf(Map.of("Einsum", 1, "com.example.Fused", 1));
        assertThat(SummaryText.of(summary)).contains("not counted: Einsum 1, com.example.Fused 1");
    }

    private ModelSummary inspect(TestingGraph graph) throws Exception {
        return ModelInspector.inspect(graph.write(folder.resolve("model.onnx")), Map.of());
    }
}
