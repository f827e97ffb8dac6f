package dev.framewise.toolkit.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.classify.ClassifierNetworks;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.GraphChecker;
import dev.framewise.toolkit.graph.Node;
import dev.framewise.toolkit.graph.Tensors;
import dev.framewise.toolkit.train.NetworkBuilder;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.vision.detect.ModelException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrunerTest {
    private static final PruneOptions THIRD =
            new PruneOptions(/* amount= */ 1 / 3.0, /* global= */ false, /* multiple= */ 1);

    private static float[] run(ModelProto model) throws ModelException {
        float[] picture = new float[3 * 16 * 16];
        Random random = new Random(1);
        for (int i = 0; i < picture.length; i++) {
            picture[i] = random.nextFloat();
        }
        try (TrialSession session = TrialSession.open("pruned", model)) {
            session.give(NetworkBuilder.INPUT, picture, 1, 3, 16, 16);
            return session.run().values().iterator().next().floats();
        }
    }

    private static int filters(Graph graph, Node layer) {
        return (int) graph.constant(layer.input(1)).orElseThrow().getDims(0);
    }

    /** Whatever the graph, what is left is a sound one that runs, and keeps the shape of what it gives. */
    private static Graph pruned(ModelProto model, PruneOptions options) throws ModelException {
        ModelProto smaller = Pruner.prune(model, options).model();
        assertThat(GraphChecker.check(smaller)).isEmpty();
        assertThat(run(smaller)).hasSameSizeAs(run(model));
        return Graph.of(smaller);
    }

    /** A stem, and depthwise-separable blocks at two and four times its channels. */
    private static ModelProto separable(int channels, long seed) {
        NetworkBuilder net = new NetworkBuilder("separable", seed);
        String x = net.block(NetworkBuilder.INPUT, channels, 3, 2, 1);
        x = net.separable(net.separable(x, 2 * channels, 2), 4 * channels, 2);
        net.output("output", net.classifier(x, 3), "batch", 3);
        return net.build();
    }

    @Test
    void residualNetworksLoseTheSameFiltersOnBothSidesOfAnAddition() throws ModelException {
        Graph graph = pruned(ClassifierNetworks.residual(/* channels= */ 12, /* classes= */ 5, /* seed= */ 1), THIRD);

        int layers = 0;
        for (Node node : graph.nodes()) {
            if (node.is("Conv")) {
                layers++;
                assertThat(filters(graph, node)).isIn(8, 16, 32);
            } else if (node.is("Gemm")) {
                assertThat(graph.constant(node.input(1)).orElseThrow().getDimsList())
                        .containsExactly(5L, 32L);
            }
        }
        assertThat(layers).isEqualTo(16);
    }

    @Test
    void depthwiseConvolutionsFollowTheirInput() throws ModelException {
        Graph graph = pruned(separable(/* channels= */ 6, /* seed= */ 1), THIRD);

        List<Long> groups = graph.sorted().stream()
                .filter(node -> node.is("Conv") && node.integer("group", 1) > 1)
                .map(node -> node.integer("group", 1))
                .toList();
        assertThat(groups).containsExactly(4L, 8L);
    }

    @Test
    void concatenationsGroupsAndConstantsLoseWhatTheirChannelsLose() throws ModelException {
        NetworkBuilder net = new NetworkBuilder("mixed", 2);
        String left = net.block(NetworkBuilder.INPUT, 6, 3, 1, 1);
        String right = net.block(NetworkBuilder.INPUT, 9, 3, 1, 1);
        String scale = net.constant(Tensors.floats("scale", new long[] {1, 9, 1, 1}, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        String half = net.constant(Tensors.floats("half", new long[] {1}, 0.5f));
        String both = net.concat(/* axis= */ 1, left, net.operator("Mul", net.operator("Mul", right, scale), half));
        String wide = net.block(both, 12, 1, 1, 1);
        String grouped = net.block(wide, 24, 3, 1, /* groups= */ 2);
        net.output("output", net.classifier(net.upsample(grouped), 4), "batch", 4);

        Graph graph = pruned(net.build(), THIRD);

        List<Integer> filters = graph.sorted().stream()
                .filter(node -> node.is("Conv"))
                .map(node -> filters(graph, node))
                .toList();
        assertThat(filters).containsExactlyInAnyOrder(4, 6, 8, 16);
        Node groups = graph.sorted().stream()
                .filter(node -> node.is("Conv") && node.integer("group", 1) == 2)
                .findFirst()
                .orElseThrow();
        assertThat(graph.constant(groups.input(1)).orElseThrow().getDimsList()).containsExactly(16L, 4L, 3L, 3L);
    }

    @Test
    void filtersThatDoNothingGoFirstAndNothingChanges() throws ModelException {
        Graph graph = Graph.of(separable(/* channels= */ 6, /* seed= */ 4));
        for (Node node : graph.nodes()) {
            if (node.is("BatchNormalization")) {
                float[] scale = graph.floats(node.input(1)).orElseThrow();
                for (int i = 0; i < scale.length; i += 3) {
                    scale[i] = 0;
                }
                graph.put(Tensors.floats(node.input(1), new long[] {scale.length}, scale));
            }
        }
        ModelProto model = graph.toModel();

        float[] before = run(model);
        float[] after = run(Pruner.prune(model, THIRD).model());

        assertThat(after).containsExactly(before, within(1e-5f));
    }

    @Test
    void globallyTheWeakLayerLosesMoreThanTheStrongOne() throws ModelException {
        NetworkBuilder net = new NetworkBuilder("uneven", 5);
        String even = net.normalized(NetworkBuilder.INPUT, 12, 3, 1, 1);
        String uneven = net.normalized(net.relu(even), 12, 3, 1, 1);
        net.output("output", net.classifier(net.relu(uneven), 4), "batch", 4);
        Graph graph = Graph.of(net.build());
        Node norm = graph.producer(uneven).orElseThrow();
        float[] scale = new float[12];
        for (int i = 0; i < 12; i++) {
            scale[i] = i < 8 ? 0.01f : 3;
        }
        graph.put(Tensors.floats(norm.input(1), new long[] {12}, scale));

        List<Pruner.LayerChange> changes = Pruner.prune(
                        graph.toModel(), new PruneOptions(/* amount= */ 1 / 3.0, /* global= */ true, /* multiple= */ 4))
                .layers();

        assertThat(changes.get(0).after()).isEqualTo(12);
        assertThat(changes.get(1).after()).isEqualTo(4);
    }

    @Test
    void whatStaysIsRoundedUpToWholeBlocks() throws ModelException {
        List<Pruner.LayerChange> changes = Pruner.prune(
                        ClassifierNetworks.residual(/* channels= */ 16, /* classes= */ 5, /* seed= */ 1),
                        new PruneOptions(0.3, /* global= */ false, /* multiple= */ 8))
                .layers();

        assertThat(changes).allSatisfy(change -> assertThat(change.after()).isIn(5, 16, 24, 48));
    }

    @Test
    void aNetworkOfOutputsOnlyCannotBePruned() {
        NetworkBuilder net = new NetworkBuilder("one", 1);
        net.output("output", net.head(NetworkBuilder.INPUT, 4, 0), "batch", 4, "rows", "columns");

        assertThatThrownBy(() -> Pruner.prune(net.build(), THIRD))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no filter may go");
    }

    @Test
    void optionsNameAllThatIsWrong() {
        assertThatThrownBy(() -> new PruneOptions(1.5, false, 0))
                .hasMessageContaining("amount is 1.5")
                .hasMessageContaining("multiple is 0");
    }

    @Test
    void speedIsMeasuredWhereTheSizesAreKnown() throws ModelException {
        ModelProto model = separable(/* channels= */ 4, /* seed= */ 1);

        assertThat(PruneReport.millis(model, model, Map.of())).isEmpty();
        assertThat(PruneReport.millis(model, model, Map.of("batch", 1L, "height", 16L, "width", 16L)))
                .hasSize(2);
    }
}
