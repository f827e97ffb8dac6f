package dev.framewise.toolkit.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.GraphChecker;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.toolkit.graph.TestingGraph;
import dev.framewise.toolkit.trial.NodeTimes;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.toolkit.trial.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QdqWriterTest {
    private static final long[] SHAPE = {1, 3, 16, 16};

    private final ByteBuffer picture = picture();

    private static ByteBuffer picture() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(3 * 16 * 16 * Float.BYTES).order(ByteOrder.nativeOrder());
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3 * 16 * 16; i++) {
            bytes.putFloat((float) random.nextDouble(-1, 1));
        }
        return bytes.flip();
    }

    private static TestingGraph network() {
        return new TestingGraph()
                .input("x", 1, 3, 16, 16)
                .random("w1", 8, 3, 3, 3)
                .random("b1", 8)
                .random("w2", 8, 3, 3, 3)
                .random("w3", 8, 16, 1, 1)
                .node("Conv", "a", "x", "w1", "b1")
                .node("Sigmoid", "as", "a")
                .node("Mul", "am", "a", "as")
                .node("Conv", "b", "x", "w2")
                .node("Relu", "br", "b")
                .node("Concat", "ab", Map.of("axis", 1L), "am", "br")
                .node("MaxPool", "p", Map.of("kernel_shape", new long[] {2, 2}), "ab")
                .node("Conv", "y", "p", "w3")
                .output("y", 1, 8, 13, 13);
    }

    private record Written(Graph base, Units units, QdqWriter writer, RangePlan plan) {}

    private Written prepare() throws Exception {
        Graph graph = Graph.of(network().model());
        OpsetLift.lift(graph);
        graph.nameNodes();
        Units units = new Units(graph);
        Map<String, TensorStats> stats =
                Calibration.observe(graph, units, List.of(picture), SHAPE, /* passes= */ 2, () -> {});
        RangePlan plan = new RangePlan(graph, units, stats, Observer.MINMAX);
        return new Written(graph, units, new QdqWriter(graph, units, plan), plan);
    }

    private static BitSet all(Units units) {
        BitSet all = new BitSet();
        all.set(0, units.size());
        return all;
    }

    @Test
    void unitsAreConvolutionsWithTheirActivations() throws Exception {
        assertThat(prepare().units().all())
                .extracting(Unit::kind)
                .containsExactlyInAnyOrder("Conv SiLU", "Conv Relu", "Concat", "Conv");
    }

    @Test
    void allIsInt8AndNearTheFloats() throws Exception {
        Written written = prepare();
        ModelProto model = written.writer().write(all(written.units()));
        assertThat(GraphChecker.check(model)).isEmpty();
        Values expected = run(written.base().toModel());
        Values found = run(model);
        // 256 steps over the range, three layers deep.
        assertThat(found.maxDifference(expected))
                .isLessThan(0.06 * expected.maxAbs())
                .isPositive();
        Map<String, Double> kernels = NodeTimes.of(model, picture, SHAPE, 2).operators();
        assertThat(kernels).containsKeys("QLinearConv", "QLinearSigmoid", "QLinearMul", "QLinearConcat");
        assertThat(kernels).doesNotContainKeys("Conv", "Relu", "Concat", "Sigmoid", "Mul");
    }

    /** But for the rounding of weights to 16 bits. */
    @Test
    void nothingChosenChangesNothing() throws Exception {
        Written written = prepare();
        assertThat(run(written.writer().write(new BitSet()))
                        .maxDifference(run(written.base().toModel())))
                .isZero();
    }

    @Test
    void floatReadersSeeFloats() throws Exception {
        Written written = prepare();
        BitSet one = new BitSet();
        // The input is read by both first convolutions; only one is INT8.
        written.units().all().stream()
                .filter(unit -> unit.kind().equals("Conv Relu"))
                .forEach(unit -> one.set(unit.index()));
        Graph graph = written.writer().graph(one);
        assertThat(graph.consumers("x"))
                .extracting(node -> node.operator())
                .containsExactlyInAnyOrder("Conv", "QuantizeLinear");
        assertThat(graph.nodes()).noneMatch(node -> node.is("Relu"));
        assertThat(GraphChecker.check(graph.toModel())).isEmpty();
    }

    @Test
    void weightsAreInt8PerChannelAndBiasesInt32() throws Exception {
        Written written = prepare();
        Graph graph = written.writer().graph(all(written.units()));
        assertThat(graph.constants().stream().filter(tensor -> Tensors.is(tensor, DataType.INT8)))
                .hasSize(6)
                .allSatisfy(tensor -> assertThat(tensor.getDims(0)).isEqualTo(8));
        assertThat(graph.constants().stream().filter(tensor -> Tensors.is(tensor, DataType.INT32)))
                .hasSize(2);
    }

    @Test
    void whatAConcatReadsAndGivesSharesOneRange() throws Exception {
        Written written = prepare();
        Map<String, Range> shared =
                written.plan().shared(written.units().sorted(), written.units().int8Nodes(all(written.units())));
        assertThat(shared.get("am"))
                .isEqualTo(shared.get("ab"))
                .isEqualTo(shared.get("br"))
                .isEqualTo(shared.get("p"));
        assertThat(shared.get("as")).isEqualTo(Range.UNIT);
    }

    @Test
    void whatASiluAllButIgnoresGetsNoSteps() throws Exception {
        Graph graph = Graph.of(network().model());
        graph.nameNodes();
        Units units = new Units(graph);
        Map<String, TensorStats> stats =
                Calibration.observe(graph, units, List.of(picture), SHAPE, /* passes= */ 1, () -> {});
        stats.get("a").extremes(new float[] {-100, 6});
        Range clipped = new RangePlan(graph, units, stats, Observer.MINMAX)
                .shared(units.sorted(), java.util.Set.of())
                .get("a");
        assertThat(clipped.min()).isBetween(-9f, -4f);
        assertThat(clipped.max()).isCloseTo(stats.get("a").max(), within(1e-6f));
    }

    private Values run(ModelProto model) throws Exception {
        try (TrialSession session = TrialSession.open("the model", model)) {
            session.give("x", picture, SHAPE);
            return session.run().get("y");
        }
    }
}
