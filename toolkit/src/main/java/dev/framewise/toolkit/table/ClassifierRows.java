package dev.framewise.toolkit.table;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.classify.Accuracy;
import dev.framewise.toolkit.classify.ClassifierDistillation;
import dev.framewise.toolkit.classify.ClassifierTraining;
import dev.framewise.toolkit.classify.DistillationLoss;
import dev.framewise.toolkit.classify.Lessons;
import dev.framewise.toolkit.classify.PictureFolder;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.prune.PruneOptions;
import dev.framewise.toolkit.prune.Pruner;
import dev.framewise.toolkit.quantize.AnswerPrecision;
import dev.framewise.toolkit.trial.Stopwatch;
import dev.framewise.toolkit.trial.TrialSession;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A residual classifier, trained, and made smaller in every way. All files are folded, as they would be in use, and all are timed in turns
 * with the one that they came from.
 */
final class ClassifierRows {
    /** How the table calls it. */
    static final String NETWORK = "residual classifier";

    private static final int CALIBRATION = 100;
    private static final double LEAST_AGREEMENT = 0.99;
    private static final int WARM_UPS = 20;

    /** Channels that stay are a multiple of this: what runs these networks works on blocks. */
    private static final int BLOCK = 8;

    /** Of a network that has learned already, with labels alone; one that a teacher helps may go faster. */
    private static final float FINETUNE_RATE = 1e-4f;

    private static final float FINETUNE_WITH_TEACHER_RATE = 1e-3f;

    private final TablePlan plan;
    private final PictureFolder train;
    private final PictureFolder test;
    private final Lessons lessons;
    private final Progress progress;
    private final Map<Promise, ModelProto> made = new EnumMap<>(Promise.class);

    ClassifierRows(TablePlan plan, PictureFolder train, PictureFolder test, Progress progress) {
        this.plan = plan;
        this.train = train;
        this.test = test;
        lessons = Lessons.oneOf(train, plan.labelEvery());
        this.progress = progress;
    }

    /** Trains a teacher and students, alone and distilled. */
    ClassifierDistillation.Result distil() throws IOException, ModelException {
        progress.stage("a teacher, and students alone and distilled", 1);
        ClassifierDistillation.Plan distillation = new ClassifierDistillation.Plan(
                plan.teacherChannels(),
                plan.studentChannels(),
                plan.epochs(),
                plan.seeds(),
                plan.seed(),
                DistillationLoss.USUAL,
                plan.folder());
        ClassifierDistillation.Result result =
                new ClassifierDistillation(distillation, lessons, test, progress::tell).run(Optional.empty());
        made.put(Promise.DISTILLATION, ModelStore.read(plan.folder().resolve("student.onnx")));
        return result;
    }

    /** Makes the rest of them, behind {@link #distil}, and measures all. */
    List<TableRow> rows() throws IOException, ModelException {
        ModelProto teacher = ModelStore.read(plan.folder().resolve("teacher.onnx"));
        progress.stage("INT8 and FP16", 1);
        made.put(Promise.INT8, kept("int8.onnx", () -> int8(teacher)));
        made.put(Promise.FP16, kept("fp16.onnx", () -> precision(teacher).fp16()));
        progress.stage("pruning and fine-tuning", 1);
        ClassifierTraining finetuning = new ClassifierTraining(
                train, Optional.empty(), plan.finetuneEpochs(), FINETUNE_RATE, plan.seed(), progress::tell);
        made.put(Promise.PRUNING, pruned("teacher", finetuning, Optional.empty(), "pruned"));
        progress.stage("the student pruned, fine-tuned with its teacher, and INT8", 1);
        ClassifierTraining taught = new ClassifierTraining(
                lessons.ofStudents(),
                lessons.unlabelled(),
                plan.finetuneEpochs(),
                FINETUNE_WITH_TEACHER_RATE,
                plan.seed(),
                progress::tell);
        ModelProto small = pruned("student-distilled-" + plan.seed(), taught, Optional.of(teacher), "pruned-student");
        made.put(Promise.TOGETHER, kept("together.onnx", () -> int8(small)));
        return measured(teacher);
    }

    /** Makes a model. */
    private interface Maker {
        ModelProto make() throws IOException, ModelException;
    }

    private ModelProto kept(String name, Maker maker) throws IOException, ModelException {
        Path file = plan.folder().resolve(name);
        if (!Files.exists(file)) {
            ModelStore.write(file, maker.make());
        }
        return ModelStore.read(file);
    }

    private ModelProto pruned(String of, ClassifierTraining training, Optional<ModelProto> teacher, String name)
            throws IOException, ModelException {
        return kept(name + ".onnx", () -> {
            // with its normalizations, which a network needs in order to learn on
            ModelProto whole = ModelStore.read(plan.folder().resolve(of).resolve("best.onnx"));
            ModelProto smaller = Pruner.prune(whole, new PruneOptions(plan.pruned(), /* global= */ false, BLOCK))
                    .model();
            return training.train(
                    smaller, teacher, DistillationLoss.USUAL, plan.folder().resolve(name), name);
        });
    }

    private ModelProto int8(ModelProto model) throws ModelException {
        AnswerPrecision.Int8 int8 = precision(model).int8(LEAST_AGREEMENT);
        progress.tell(int8.int8Units() + " of " + int8.units() + " units are INT8, ranges by " + int8.observer()
                + ", agreement on the pictures it was calibrated with " + int8.agreement());
        return int8.model();
    }

    private AnswerPrecision precision(ModelProto model) throws ModelException {
        List<ByteBuffer> pictures = new ArrayList<>();
        int count = Math.min(CALIBRATION, train.size());
        for (int i = 0; i < count; i++) {
            pictures.add(train.input((int) ((long) i * train.size() / count)));
        }
        return new AnswerPrecision(model, pictures, shape());
    }

    private long[] shape() {
        return new long[] {1, 3, train.height(), train.width()};
    }

    private List<TableRow> measured(ModelProto teacher) throws ModelException {
        progress.stage("timing all of them in turns", 1);
        List<ModelProto> models = new ArrayList<>(List.of(teacher));
        models.addAll(made.values());
        double[] millis = millis(models);
        double before = Accuracy.of(teacher, test).right();
        List<TableRow> rows = new ArrayList<>();
        int at = 1;
        for (Map.Entry<Promise, ModelProto> one : made.entrySet()) {
            rows.add(new TableRow(
                    one.getKey(),
                    NETWORK,
                    teacher.getSerializedSize(),
                    one.getValue().getSerializedSize(),
                    millis[0],
                    millis[at++],
                    "right",
                    before,
                    Accuracy.of(one.getValue(), test).right()));
        }
        return rows;
    }

    private double[] millis(List<ModelProto> models) throws ModelException {
        List<TrialSession> sessions = new ArrayList<>();
        try {
            for (ModelProto model : models) {
                TrialSession session = TrialSession.open("classifier", model);
                sessions.add(session);
                session.give(session.inputNames().iterator().next(), test.input(0), shape());
            }
            return Stopwatch.medians(sessions, WARM_UPS, plan.rounds());
        } finally {
            sessions.forEach(TrialSession::close);
        }
    }
}
