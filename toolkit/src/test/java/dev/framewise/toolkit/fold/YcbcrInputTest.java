package dev.framewise.toolkit.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.TestingGraph;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.InputFormat;
import dev.framewise.vision.image.InputFormat.ColourOrder;
import dev.framewise.vision.image.InputFormat.Fit;
import dev.framewise.vision.image.InputFormat.ValueRange;
import dev.framewise.vision.image.Letterbox;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YcbcrInputTest {
    private static final int SIDE = 8;

    @ParameterizedTest
    @CsvSource({"BGR, BYTE, false", "RGB, UNIT, false", "BGR, UNIT, true", "RGB, BYTE, true"})
    void aConvertedColourAndItsPlanesGiveTheSame(ColourOrder colours, ValueRange range, boolean normalized)
            throws Exception {
        InputFormat format = InputFormat.of(Fit.STRETCHED, colours, range);
        if (normalized) {
            double white = range == ValueRange.BYTE ? 255 : 1;
            format = format.withNormalization(
                    List.of(0.485 * white, 0.456 * white, 0.406 * white),
                    List.of(0.229 * white, 0.224 * white, 0.225 * white));
        }
        ModelProto before = convolution();
        Graph graph = Graph.of(before);
        YcbcrInput changed = new YcbcrInput(format);
        changed.set(graph);
        Equivalence apart = Equivalence.of(before, graph.toModel(), /* batch= */ 1, changed::given);
        assertThat(apart.maxAbs()).isGreaterThan(1);
        assertThat(apart.holds()).as(apart.toString()).isTrue();
        assertThat(graph.metadata())
                .containsEntry("framewise.input.colours", "ycbcr")
                .containsEntry("framewise.input.std", "1.0,1.0,1.0");

        // What its users do: the same pixels, letterboxed as either wants them. Pixels are rounded once more on the
        // way.
        float[] then = run(before, letterboxed(format));
        float[] now = run(graph.toModel(), letterboxed(changed.after()));
        float most = 0;
        for (float value : then) {
            most = Math.max(most, Math.abs(value));
        }
        assertThat(now).containsExactly(then, within(most / 50));
    }

    /** Three by three with a margin of zeros: they must stand for the colour that they stood for. */
    private static ModelProto convolution() {
        return new TestingGraph()
                .input("x", 1, 3, SIDE, SIDE)
                .random("w", 4, 3, 3, 3)
                .random("b", 4)
                .node("Conv", "y", Map.of("pads", new long[] {1, 1, 1, 1}), "x", "w", "b")
                .output("y", 1, 4, SIDE, SIDE)
                .model();
    }

    private static float[] letterboxed(InputFormat format) {
        try (BgrImage picture = new BgrImage(SIDE, SIDE);
                FloatPointer slot = new FloatPointer(3L * SIDE * SIDE);
                Letterbox letterbox = new Letterbox(slot, SIDE, SIDE, format)) {
            for (int i = 0; i < 3 * SIDE * SIDE; i++) {
                picture.buffer().put(i, (byte) (i * 37 % 251));
            }
            letterbox.write(picture);
            float[] values = new float[3 * SIDE * SIDE];
            slot.get(values);
            return values;
        }
    }

    private static float[] run(ModelProto model, float[] input) throws ModelException {
        try (TrialSession session = TrialSession.open("one convolution", model)) {
            session.give("x", input, new long[] {1, 3, SIDE, SIDE});
            Map<String, Values> given = session.run();
            return given.get("y").floats();
        }
    }

    @Test
    void whatReadsThePicturesMustBeAConvolution() {
        Graph graph = Graph.of(new TestingGraph()
                .input("x", 1, 3, SIDE, SIDE)
                .random("w", 4, 3, 1, 1)
                .node("Relu", "r", "x")
                .node("Conv", "y", "r", "w")
                .output("y", 1, 4, SIDE, SIDE)
                .model());
        assertThatThrownBy(() -> new YcbcrInput(InputFormat.yolox()).set(graph))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("Relu")
                .hasMessageContaining("before it is quantized");
        assertThat(graph.metadata()).doesNotContainKey("framewise.input.colours");
    }

    @Test
    void onceIsEnough() {
        InputFormat already = InputFormat.yolox().withColours(ColourOrder.YCBCR);
        assertThatThrownBy(() -> new YcbcrInput(already))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("already");
    }
}
