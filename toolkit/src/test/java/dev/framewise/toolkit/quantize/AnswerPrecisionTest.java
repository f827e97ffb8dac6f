package dev.framewise.toolkit.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.classify.ClassifierNetworks;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.GraphChecker;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.vision.detect.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnswerPrecisionTest {
    private static final int SIDE = 16;
    private static final long[] SHAPE = {1, 3, SIDE, SIDE};

    /** Pictures of noise, each of its own brightness and contrast. */
    private static List<ByteBuffer> pictures(int count) {
        SplittableRandom random = new SplittableRandom(count);
        List<ByteBuffer> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer memory =
                    ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES).order(ByteOrder.nativeOrder());
            double contrast = random.nextDouble();
            for (int at = 0; at < 3 * SIDE * SIDE; at++) {
                memory.putFloat((float) (contrast * random.nextDouble()));
            }
            pictures.add(memory.flip());
        }
        return pictures;
    }

    private static double agreement(ModelProto one, ModelProto other, List<ByteBuffer> pictures) throws ModelException {
        int same = 0;
        try (TrialSession first = TrialSession.open("one", one);
                TrialSession second = TrialSession.open("other", other)) {
            for (ByteBuffer picture : pictures) {
                first.give("images", picture, SHAPE);
                second.give("images", picture, SHAPE);
                same += AnswerPrecision.highest(first.run().get("output").floats())
                                == AnswerPrecision.highest(
                                        second.run().get("output").floats())
                        ? 1
                        : 0;
            }
        }
        return same / (double) pictures.size();
    }

    private static long int8Convolutions(ModelProto model) {
        Graph graph = Graph.of(model);
        return graph.nodes().stream()
                .filter(node -> node.is("Conv")
                        && graph.producer(node.input(0))
                                .filter(maker -> maker.is("DequantizeLinear"))
                                .isPresent())
                .count();
    }

    @Test
    void asMuchIsInt8AsKeepsTheAnswers() throws Exception {
        ModelProto model = ClassifierNetworks.residual(/* channels= */ 16, /* classes= */ 4, /* seed= */ 1);
        List<ByteBuffer> pictures = pictures(40);

        AnswerPrecision.Int8 int8 = new AnswerPrecision(model, pictures, SHAPE).int8(0.95);

        assertThat(GraphChecker.check(int8.model())).isEmpty();
        assertThat(int8.agreement()).isBetween(0.95, 1.0);
        assertThat(agreement(model, int8.model(), pictures)).isEqualTo(int8.agreement());
        assertThat(int8.int8Units()).isPositive();
        assertThat(int8Convolutions(int8.model())).isPositive();
        assertThat(int8.model().getSerializedSize()).isLessThan(model.getSerializedSize() / 2);
    }

    /** Of two layers one is of a range that 8 bits cannot divide: it is that one which stays in float. */
    @Test
    void whatHarmsMostStaysInFloat() throws Exception {
        Graph graph = Graph.of(ClassifierNetworks.residual(/* channels= */ 16, /* classes= */ 4, /* seed= */ 2));
        Node last = graph.nodes().stream()
                .filter(node -> node.is("Gemm"))
                .findFirst()
                .orElseThrow();
        // all answers lie close together beside one that is far away: steps of 8 bits are wider than what is between
        // them
        graph.put(Tensors.floats(last.input(2), new long[] {4}, 0, 0, 0, -1e5f));
        ModelProto model = graph.toModel();
        List<ByteBuffer> pictures = pictures(40);

        AnswerPrecision.Int8 int8 = new AnswerPrecision(model, pictures, SHAPE).int8(0.9);

        assertThat(int8.int8Units()).isLessThan(int8.units());
        assertThat(int8.agreement()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void whereNothingKeepsTheAnswersItSaysSo() throws Exception {
        ModelProto model = ClassifierNetworks.residual(/* channels= */ 8, /* classes= */ 4, /* seed= */ 3);
        AnswerPrecision precision = new AnswerPrecision(model, pictures(8), SHAPE);

        assertThatThrownBy(() -> precision.int8(/* leastAgreement= */ 1.1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no unit of it can be INT8")
                .hasMessageContaining("Allow more to be lost");
    }

    @Test
    void halvesTakeAndGiveFloats() throws Exception {
        ModelProto model = ClassifierNetworks.residual(/* channels= */ 16, /* classes= */ 4, /* seed= */ 1);
        List<ByteBuffer> pictures = pictures(20);

        ModelProto halves = new AnswerPrecision(model, pictures, SHAPE).fp16();

        assertThat(GraphChecker.check(halves)).isEmpty();
        assertThat(agreement(model, halves, pictures)).isGreaterThan(0.9);
        assertThat(halves.getSerializedSize()).isLessThan(model.getSerializedSize() * 6 / 10);
    }
}
