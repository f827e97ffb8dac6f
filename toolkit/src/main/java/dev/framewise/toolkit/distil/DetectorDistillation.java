package dev.framewise.toolkit.distil;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.fold.Rewrites;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.toolkit.train.ExportCheck;
import dev.framewise.toolkit.train.TrainableNetwork;
import dev.framewise.toolkit.train.Trainer;
import dev.framewise.toolkit.train.TrainingException;
import dev.framewise.toolkit.train.TrainingPlan;
import dev.framewise.toolkit.train.TrainingState;
import dev.framewise.toolkit.train.TrainingTask;
import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Distils a detector: the teacher looks at every frame once, its labels are cleaned, the student learns them from pictures that
 * are made of the frames, and what it has learned is written as one ONNX file. On the caller's thread; an interrupt ends the
 * training behind a step with a checkpoint, and the same plan goes on from there.
 */
public final class DetectorDistillation {
    /** Width of a training picture: smaller than what the student sees in use, at the same scale. */
    private static final int WIDTH = 320;

    private static final int HEIGHT = 256;
    private static final float LEARNING_RATE = 2e-3f;
    private static final int CUTOUTS_PER_SCENE = 300;

    private final DetectorPlan plan;
    private final Consumer<String> progress;

    /**
     * A distillation.
     *
     * @param progress gets a line now and then
     */
    public DetectorDistillation(DetectorPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * What came out.
     *
     * @param card what the student is, as Markdown
     */
    public record Result(Path model, String card) {}

    /**
     * Distils.
     *
     * @param test frames on which teacher and student are scored afterwards
     * @return the student; empty if the thread was interrupted, and then a checkpoint waits in the folder
     * @throws ModelException if the teacher is no detector that can be read, or does not know the class
     * @throws IOException if frames cannot be read, the training fails, or the folder cannot be written
     */
    public Optional<Result> run(Optional<DetectorTest> test) throws IOException, ModelException {
        List<Scene> scenes = scenes();
        SampleMaker samples = new SampleMaker(scenes, WIDTH, HEIGHT, CUTOUTS_PER_SCENE, plan.seed());
        progress.accept(samples.cutouts() + " objects were cut out, to be pasted into other frames");
        TrainableNetwork network = TrainableNetwork.of(StudentDetector.untrained(plan.seed()));
        TrainingPlan training = TrainingPlan.of(plan.steps(), LEARNING_RATE);
        Trainer trainer = new Trainer(network, training, plan.folder(), plan.recipe(), this::report);
        TrainingState state = trainer.train(new Task(samples));
        if (state.step() < plan.steps()) {
            progress.accept("stopped behind step " + state.step() + " of " + plan.steps()
                    + "; the same command goes on from there");
            return Optional.empty();
        }
        return Optional.of(export(network, state, scenes, test));
    }

    private List<Scene> scenes() throws IOException, ModelException {
        DetectorOptions options = DetectorOptions.builder()
                .scoreThreshold(Scene.TEACHER_THRESHOLD)
                .build();
        List<Scene> scenes = new ArrayList<>();
        try (Detector detector = Detector.open(plan.teacher(), options);
                Teacher teacher = new Teacher(detector)) {
            int wanted = detector.info().classNames().indexOf(plan.className());
            if (wanted < 0) {
                throw new ModelException(plan.teacher() + ": knows no class " + plan.className() + "; it knows "
                        + detector.info().classNames());
            }
            for (FrameSource source : plan.frames()) {
                Scene scene = Scene.read(source, teacher, wanted);
                progress.accept(describe(scene));
                scenes.add(scene);
            }
        }
        if (scenes.stream().allMatch(scene -> scene.boxes() == scene.dropped())) {
            throw new TrainingException("the teacher sees nothing that moves of class " + plan.className()
                    + " in these frames: there is nothing to learn");
        }
        return scenes;
    }

    private static String describe(Scene scene) {
        return scene.name() + ": " + scene.frames().size() + " frames, " + scene.boxes() + " boxes of the teacher, "
                + scene.dropped() + " of them dropped as background";
    }

    private void report(TrainingState state) {
        if (state.step() % 250 == 0 || state.step() == plan.steps()) {
            progress.accept("step " + state.step() + " of " + plan.steps());
        }
    }

    private Result export(
            TrainableNetwork network, TrainingState state, List<Scene> scenes, Optional<DetectorTest> test)
            throws IOException, ModelException {
        ModelProto decoded = StudentDetector.deployed(
                network.with(state.averageWeights(), state.averageStatistics()),
                SampleMaker.SHOWN_WIDTH,
                SampleMaker.SHOWN_HEIGHT,
                plan.className());
        Graph graph = Graph.of(decoded);
        Rewrites.fold(graph);
        ModelProto folded = graph.toModel();
        float difference = check(decoded, folded, scenes);
        Path file = plan.folder().resolve("student.onnx");
        ModelStore.write(file, folded);
        Optional<StudentCard.Scores> scores = Optional.empty();
        if (test.isPresent()) {
            scores = Optional.of(score(test.get(), file));
        }
        String card = StudentCard.of(
                plan,
                state.weights().length,
                Files.size(file),
                Fingerprint.of(file).sha256(),
                difference,
                scenes.stream().map(DetectorDistillation::describe).toList(),
                scores);
        WholeFile.write(plan.folder().resolve("card.md"), card);
        return new Result(file, card);
    }

    private StudentCard.Scores score(DetectorTest test, Path student) throws IOException, ModelException {
        progress.accept("scoring teacher and student on " + test.name());
        return new StudentCard.Scores(
                test.name(),
                DetectionScore.of(plan.teacher(), test, plan.className()),
                DetectionScore.of(student, test, plan.className()));
    }

    /** On two pictures at once, so that the free batch is tried too. */
    private float check(ModelProto decoded, ModelProto folded, List<Scene> scenes) throws TrainingException {
        int size = 3 * SampleMaker.SHOWN_WIDTH * SampleMaker.SHOWN_HEIGHT;
        SampleMaker shown = new SampleMaker(
                scenes, SampleMaker.SHOWN_WIDTH, SampleMaker.SHOWN_HEIGHT, /* cutoutsPerScene= */ 1, plan.seed());
        GridTargets ignored = new GridTargets(/* batch= */ 2, SampleMaker.SHOWN_WIDTH, SampleMaker.SHOWN_HEIGHT);
        float[] pixels = new float[2 * size];
        shown.make(/* number= */ 0, pixels, /* picture= */ 0, ignored);
        shown.make(/* number= */ 1, pixels, /* picture= */ 1, ignored);
        return ExportCheck.compare(
                decoded, folded, planes(pixels), 2, 3, SampleMaker.SHOWN_HEIGHT, SampleMaker.SHOWN_WIDTH);
    }

    /** Pixel by pixel to plane by plane. */
    private static float[] planes(float[] pixels) {
        int area = SampleMaker.SHOWN_WIDTH * SampleMaker.SHOWN_HEIGHT;
        float[] planes = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int picture = i / (3 * area);
            int pixel = i / 3 % area;
            planes[(3 * picture + i % 3) * area + pixel] = pixels[i];
        }
        return planes;
    }

    /** Batches of made pictures. */
    private static final class Task implements TrainingTask {
        private final SampleMaker samples;
        private final GridTargets targets = new GridTargets(DetectorPlan.BATCH, WIDTH, HEIGHT);
        private final float[] pixels = new float[DetectorPlan.BATCH * 3 * WIDTH * HEIGHT];

        Task(SampleMaker samples) {
            this.samples = samples;
        }

        @Override
        public Losses losses(long step, NDManager memory, Function<NDArray, Map<String, NDArray>> network) {
            targets.clear();
            for (int picture = 0; picture < DetectorPlan.BATCH; picture++) {
                samples.make((step - 1) * DetectorPlan.BATCH + picture, pixels, picture, targets);
            }
            // the memory is channels last, which one thread runs a quarter faster; the view is what ONNX calls NCHW
            NDArray images = memory.create(pixels, new Shape(DetectorPlan.BATCH, HEIGHT, WIDTH, 3))
                    .transpose(0, 3, 1, 2);
            return DetectorLoss.of(network.apply(images), targets, DetectorPlan.BATCH, memory);
        }
    }
}
