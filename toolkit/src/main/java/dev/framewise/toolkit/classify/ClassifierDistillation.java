package dev.framewise.toolkit.classify;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * Distils a classifier: a residual teacher is trained or given, then, for each of some seeds, one student alone and one with the teacher,
 * with the same labels, steps and first weights. The first seed's distilled student is handed out. On the caller's thread.
 *
 * <p>A student that knows all labels its teacher has learned from gains nothing here (docs/decisions/0052): what distillation brings is
 * what the teacher knows of pictures whose labels the student has not.
 */
public final class ClassifierDistillation {
    private static final float TEACHER_RATE = 2e-3f;
    private static final float STUDENT_RATE = 4e-3f;

    /**
     * How it is done.
     *
     * @param teacherChannels of the residual teacher's first stage, where none is given
     * @param studentChannels of the residual student's first stage
     * @param epochs passes over the pictures, for each network
     * @param seeds how many students are trained each way, at least 1
     * @param seed the first one
     */
    public record Plan(
            int teacherChannels,
            int studentChannels,
            int epochs,
            int seeds,
            long seed,
            DistillationLoss loss,
            Path folder) {}

    /** How often a student is right on the test's pictures, alone and distilled. */
    public record Pair(long seed, Accuracy alone, Accuracy distilled) {}

    /** What came out; the teacher's and the student's files lie in the folder. */
    public record Result(Accuracy teacher, long teacherBytes, long studentBytes, List<Pair> pairs) {
        /** Mean gain of distillation, 0 to 1. */
        public double meanGain() {
            return gains().average().orElse(0);
        }

        /** The gain of the seed that gains least. */
        public double leastGain() {
            return gains().min().orElse(0);
        }

        /** The gain of the seed that gains most. */
        public double mostGain() {
            return gains().max().orElse(0);
        }

        private DoubleStream gains() {
            return pairs.stream().mapToDouble(pair -> pair.distilled.right() - pair.alone.right());
        }

        /** As Markdown. */
        public String text() {
            StringBuilder text = new StringBuilder("| network | bytes | right | CPU ms |\n|---|---|---|---|\n");
            text.append(row("teacher", teacherBytes, teacher));
            for (Pair pair : pairs) {
                text.append(row("student alone, seed " + pair.seed, studentBytes, pair.alone));
                text.append(row("student distilled, seed " + pair.seed, studentBytes, pair.distilled));
            }
            return text.append(String.format(
                            Locale.ROOT,
                            "%nDistillation gains %+.1f points: mean of %d seeds, %+.1f to %+.1f.%n",
                            100 * meanGain(),
                            pairs.size(),
                            100 * leastGain(),
                            100 * mostGain()))
                    .toString();
        }

        private static String row(String name, long bytes, Accuracy accuracy) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f %% | %.3f |%n",
                    name,
                    bytes,
                    100 * accuracy.right(),
                    accuracy.cpuMillis());
        }
    }

    private final Plan plan;
    private final Lessons lessons;
    private final PictureFolder test;
    private final Consumer<String> progress;

    /** A distillation; all pictures have the same classes. */
    public ClassifierDistillation(Plan plan, Lessons lessons, PictureFolder test, Consumer<String> progress) {
        this.plan = plan;
        this.lessons = lessons;
        this.test = test;
        this.progress = progress;
    }

    /**
     * Distils.
     *
     * @param given a teacher that is there already
     */
    public Result run(Optional<Path> given) throws IOException, ModelException {
        ModelProto teacher = given.isPresent() ? ModelStore.read(given.get()) : trainTeacher();
        int classes = ClassifierNetworks.classes(teacher);
        if (classes != lessons.classes().size()) {
            throw new ModelException("the teacher tells " + classes + " classes apart, the pictures are of "
                    + lessons.classes().size() + ": " + lessons.classes());
        }
        Accuracy taught = Accuracy.of(teacher, test);
        List<Pair> pairs = new ArrayList<>();
        Path file = plan.folder.resolve("student.onnx");
        for (long seed = plan.seed; seed < plan.seed + plan.seeds; seed++) {
            ModelProto alone = trainStudent(seed, Optional.empty(), "alone");
            ModelProto distilled = trainStudent(seed, Optional.of(teacher), "distilled");
            if (seed == plan.seed) {
                ModelStore.write(file, distilled);
            }
            pairs.add(new Pair(seed, Accuracy.of(alone, test), Accuracy.of(distilled, test)));
        }
        long teacherBytes = teacher.getSerializedSize();
        Result result = new Result(taught, teacherBytes, Files.size(file), pairs);
        WholeFile.write(plan.folder.resolve("report.md"), result.text());
        return result;
    }

    private ModelProto trainTeacher() throws IOException, ModelException {
        ModelProto untrained = ClassifierNetworks.residual(
                plan.teacherChannels, lessons.classes().size(), plan.seed);
        ClassifierTraining training = new ClassifierTraining(
                lessons.ofTeacher(), Optional.empty(), plan.epochs, TEACHER_RATE, plan.seed, progress);
        ModelProto folded =
                training.train(untrained, Optional.empty(), plan.loss, plan.folder.resolve("teacher"), "teacher");
        ModelStore.write(plan.folder.resolve("teacher.onnx"), folded);
        return folded;
    }

    private ModelProto trainStudent(long seed, Optional<ModelProto> teacher, String how)
            throws IOException, ModelException {
        ModelProto untrained = ClassifierNetworks.residual(
                plan.studentChannels, lessons.classes().size(), seed);
        String name = "student-" + how + "-" + seed;
        return new ClassifierTraining(
                        lessons.ofStudents(), lessons.unlabelled(), plan.epochs, STUDENT_RATE, seed, progress)
                .train(untrained, teacher, plan.loss, plan.folder.resolve(name), name);
    }
}
