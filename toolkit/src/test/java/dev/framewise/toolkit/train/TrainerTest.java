package dev.framewise.toolkit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.GraphChecker;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final TrainingPlan PLAN =
            TrainingPlan.of(/* steps= */ 60, /* learningRate= */ 0.01f).withEvery(/* log= */ 5, /* save= */ 20);

    @TempDir
    private Path folder;

    private static Trainer trainer(TrainableNetwork network, Path folder, Trainer.StepListener listener) {
        return new Trainer(network, PLAN, folder, "tiny", listener);
    }

    @Test
    void theLossFallsAndLogAndCurvesSayHow() throws IOException {
        TrainableNetwork network = TrainableNetwork.of(TestingTask.network());

        TrainingState state = trainer(network, folder, s -> {}).train(new TestingTask());

        List<String> log = Files.readAllLines(folder.resolve("log.csv"));
        assertThat(log.get(0)).isEqualTo("step,loss,difference,gradient,learningRate");
        assertThat(log).hasSize(13);
        assertThat(loss(log.get(12))).isLessThan(loss(log.get(1)) / 3);
        assertThat(Files.readString(folder.resolve("curves.svg")))
                .contains("<polyline")
                .contains("difference");
        assertThat(state.step()).isEqualTo(60);
    }

    private static ModelProto folded(ModelProto model) throws ModelException {
        Graph graph = Graph.of(model);
        Rewrites.fold(graph);
        return graph.toModel();
    }

    private static double loss(String row) {
        return Double.parseDouble(row.split(",")[1]);
    }

    @Test
    void aTrainingThatWasStoppedEndsWithTheWeightsOfOneThatWasNot() throws IOException {
        TrainableNetwork network = TrainableNetwork.of(TestingTask.network());
        TrainingState whole = trainer(network, folder.resolve("whole"), s -> {}).train(new TestingTask());

        Path half = folder.resolve("half");
        TrainingState stopped = trainer(network, half, s -> {
                    if (s.step() == 33) {
                        Thread.currentThread().interrupt();
                    }
                })
                .train(new TestingTask());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.step()).isEqualTo(33);
        TrainingState resumed = trainer(network, half, s -> {}).train(new TestingTask());

        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.averageWeights()).isEqualTo(whole.averageWeights());
        assertThat(resumed.averageStatistics()).isEqualTo(whole.averageStatistics());
        assertThat(Files.readAllLines(half.resolve("log.csv")).get(12))
                .isEqualTo(Files.readAllLines(folder.resolve("whole").resolve("log.csv"))
                        .get(12));
    }

    @Test
    void theExportedGraphSaysWhatTheTrainedOneSays() throws IOException, ModelException {
        TrainableNetwork network = TrainableNetwork.of(TestingTask.network());
        TrainingState state = trainer(network, folder, s -> {}).train(new TestingTask());
        ModelProto trained = network.with(state.averageWeights(), state.averageStatistics());

        ModelProto exported = folded(trained);

        assertThat(GraphChecker.check(exported)).isEmpty();
        assertThat(exported.getOpsetImport(0).getVersion()).isEqualTo(17);
        assertThat(exported.getGraph().getNodeList())
                .noneMatch(node -> node.getOpType().equals("BatchNormalization"));
        float[] pictures = TestingTask.pictures(/* step= */ 99, new float[8]);
        assertThat(ExportCheck.compare(trained, exported, pictures, 8, 3, TestingTask.SIZE, TestingTask.SIZE))
                .isLessThan(ExportCheck.TOLERANCE);
    }

    @Test
    void anExportThatSaysSomethingElseIsRefused() throws IOException {
        TrainableNetwork network = TrainableNetwork.of(TestingTask.network());
        float[] other = network.weights();
        other[other.length - 1] += 0.5f;

        assertThatThrownBy(() -> ExportCheck.compare(
                        network.model(),
                        folded(network.with(other, network.statistics())),
                        TestingTask.pictures(1, new float[8]),
                        8,
                        3,
                        TestingTask.SIZE,
                        TestingTask.SIZE))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("differs from the trained one");
    }

    @Test
    void aLossThatRunsAwayIsSaidAtOnce() throws IOException {
        TrainableNetwork network = TrainableNetwork.of(TestingTask.network());
        TrainingTask broken = (step, memory, net) -> {
            TrainingTask.Losses losses = new TestingTask().losses(step, memory, net);
            return new TrainingTask.Losses(losses.total().mul(step == 3 ? Float.NaN : 1), losses.parts());
        };

        assertThatThrownBy(() -> trainer(network, folder, s -> {}).train(broken))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 3")
                .hasMessageContaining("Lower the learning rate");
    }

    /** A kernel of PyTorch gives such a gradient once in some ten thousand steps, and not when the step is done again. */
    @Test
    void aGradientThatIsNoNumberToALossThatIsOneIsTriedOnceMore() throws IOException {
        TrainableNetwork network = TrainableNetwork.of(TestingTask.network());
        TrainingState undisturbed =
                trainer(network, folder.resolve("undisturbed"), s -> {}).train(new TestingTask());

        List<Long> passes = new ArrayList<>();
        TrainingState disturbed =
                trainer(network, folder.resolve("disturbed"), s -> {}).train(withoutGradient(passes, /* times= */ 1));

        assertThat(passes).hasSize(61).containsSubsequence(2L, 3L, 3L, 4L);
        assertThat(disturbed.step()).isEqualTo(60);
        assertThat(disturbed.weights()).isEqualTo(undisturbed.weights());
        assertThat(disturbed.averageStatistics()).isEqualTo(undisturbed.averageStatistics());
    }

    @Test
    void aGradientThatIsNoNumberTwiceEndsTheTraining() throws IOException {
        TrainableNetwork network = TrainableNetwork.of(TestingTask.network());
        List<Long> passes = new ArrayList<>();

        assertThatThrownBy(() -> trainer(network, folder, s -> {}).train(withoutGradient(passes, /* times= */ 2)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 3")
                .hasMessageContaining("a gradient that is no number");
        assertThat(passes).containsExactly(1L, 2L, 3L, 3L);
    }

    /** The task, whose step 3 has its loss but a gradient of NaN, so many times: the root of zero has no slope. */
    private static TrainingTask withoutGradient(List<Long> passes, int times) {
        return (step, memory, net) -> {
            TrainingTask.Losses losses = new TestingTask().losses(step, memory, net);
            passes.add(step);
            boolean broken = step == 3 && passes.stream().filter(s -> s == 3).count() <= times;
            NDArray total = losses.total();
            return broken ? new TrainingTask.Losses(total.add(total.mul(0).sqrt()), losses.parts()) : losses;
        };
    }

    @Test
    void operatorsThatCannotBeTrainedAreNamed() {
        NetworkBuilder net = new NetworkBuilder("odd", 1);
        net.output("output", net.operator("Erf", net.head(NetworkBuilder.INPUT, 2, 0)), "batch", 2, "rows", "columns");

        assertThatThrownBy(() -> TrainableNetwork.of(net.build()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Erf")
                .hasMessageContaining("Conv");
    }
}
