package dev.framewise.toolkit.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.framewise.toolkit.train.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierDistillationTest {
    private static final List<String> COLOURS = List.of("blue", "green", "red");

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    /** Pictures whose class is the channel that is a little brighter than the others. */
    private Path pictures(String name, int each) throws IOException {
        Path root = folder.resolve(name);
        Random random = new Random(name.hashCode());
        for (int label = 0; label < COLOURS.size(); label++) {
            Path of = Files.createDirectories(root.resolve(COLOURS.get(label)));
            for (int i = 0; i < each; i++) {
                double[] bgr = {100, 100, 100};
                bgr[label] += 20 + random.nextInt(60);
                try (Scalar colour = new Scalar(bgr[0], bgr[1], bgr[2], 0);
                        Mat mat = new Mat(20, 12, opencv_core.CV_8UC3, colour)) {
                    opencv_imgcodecs.imwrite(of.resolve(i + ".png").toString(), mat);
                }
            }
        }
        return root;
    }

    @Test
    void teacherAndStudentsLearnAndTheReportSaysHowWell() throws Exception {
        PictureFolder train = PictureFolder.read(pictures("train", 64), COLOURS, 8, 16);
        PictureFolder test = PictureFolder.read(pictures("test", 8), COLOURS, 8, 16);
        ClassifierDistillation.Plan plan = new ClassifierDistillation.Plan(
                /* teacherChannels= */ 6,
                /* studentChannels= */ 4,
                /* epochs= */ 12,
                /* seeds= */ 1,
                /* seed= */ 3,
                DistillationLoss.USUAL,
                folder.resolve("out"));

        ClassifierDistillation.Result result =
                new ClassifierDistillation(plan, Lessons.same(train), test, lines::add).run(Optional.empty());

        assertThat(result.teacher().right()).isGreaterThan(0.9);
        assertThat(result.pairs()).hasSize(1);
        assertThat(result.pairs().get(0).distilled().right()).isGreaterThan(0.6);
        assertThat(result.studentBytes()).isLessThan(result.teacherBytes());
        assertThat(folder.resolve("out")).isDirectoryContaining("glob:**/student.onnx");
        assertThat(Files.readString(folder.resolve("out").resolve("report.md"))).contains("mean of 1 seeds");
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("teacher: epoch 12 of 12"));

        // all of it is done: the same call trains nothing, and gives the same
        lines.clear();
        ClassifierDistillation.Result again =
                new ClassifierDistillation(plan, Lessons.same(train), test, lines::add).run(Optional.empty());
        assertThat(lines).isEmpty();
        assertThat(again.pairs().get(0).distilled().right())
                .isEqualTo(result.pairs().get(0).distilled().right());
    }

    @Test
    void aStudentLearnsOfPicturesThatNobodyHasLabelledOnlyFromItsTeacher() throws Exception {
        PictureFolder all = PictureFolder.read(pictures("all", 96), COLOURS, 8, 16);
        PictureFolder test = PictureFolder.read(pictures("test", 32), COLOURS, 8, 16);
        // of green and red the student is told nothing
        PictureFolder told = new PictureFolder(
                8, 16, COLOURS, all.pictures().subList(0, 40), all.labels().subList(0, 40));
        Lessons lessons = new Lessons(all, told, Optional.of(all));
        ClassifierDistillation.Plan plan = new ClassifierDistillation.Plan(
                4, 4, /* epochs= */ 12, /* seeds= */ 1, /* seed= */ 3, DistillationLoss.USUAL, folder.resolve("out"));

        ClassifierDistillation.Result result =
                new ClassifierDistillation(plan, lessons, test, lines::add).run(Optional.empty());

        assertThat(result.pairs().get(0).alone().right()).isLessThan(0.5);
        assertThat(result.meanGain()).isGreaterThan(0.3);
        // both learned for as many steps: an epoch counts the pictures without labels
        assertThat(steps("student-alone-3")).isEqualTo(steps("student-distilled-3"));
        assertThat(lines).anySatisfy(line -> assertThat(line).isEqualTo("student-alone-3: epoch 12 of 12"));
    }

    private String steps(String training) throws IOException {
        List<String> log =
                Files.readAllLines(folder.resolve("out").resolve(training).resolve("log.csv"));
        return log.get(log.size() - 1).split(",")[0];
    }

    @Test
    void labelsAreToldOfOnePictureOfSoManyOfEachClass() {
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pictures.add(new byte[] {(byte) i, 0, 0});
        }
        PictureFolder all = new PictureFolder(1, 1, List.of("a", "b"), pictures, List.of(0, 0, 0, 0, 0, 1, 1, 1, 1));

        Lessons lessons = Lessons.oneOf(all, 4);

        assertThat(lessons.ofStudents().pictures())
                .extracting(bgr -> (int) bgr[0])
                .containsExactly(0, 4, 5);
        assertThat(lessons.unlabelled().orElseThrow().pictures())
                .extracting(bgr -> (int) bgr[0])
                .containsExactly(1, 2, 3, 6, 7, 8);
        assertThat(lessons.ofTeacher()).isSameAs(all);
        assertThat(Lessons.oneOf(all, 1).unlabelled()).isEmpty();
        assertThat(lessons.with(all).unlabelled().orElseThrow().size()).isEqualTo(15);
    }

    @Test
    void picturesWithoutLabelsMayLieInFoldersOrNot() throws IOException {
        PictureFolder labelled = PictureFolder.read(pictures("some", 2), COLOURS, 8, 16);
        Path loose = pictures("loose", 3);
        Files.copy(loose.resolve("red").resolve("0.png"), loose.resolve("on its own.png"));

        assertThat(labelled.unlabelled(loose).size()).isEqualTo(10);
        Path empty = Files.createDirectories(folder.resolve("nothing"));
        assertThatThrownBy(() -> labelled.unlabelled(empty)).hasMessageContaining("holds no JPEG or PNG files");
    }

    @Test
    void theLossIsTheWeightedSumOfBothAndTheTeachersOwnAnswersCostNothing() throws Exception {
        try (NDManager memory = TorchEngine.newManager()) {
            NDArray student = memory.create(new float[] {2, 0, 0, 1}, new Shape(2, 2));
            NDArray teacher = memory.create(new float[] {0, 4, 0, 1}, new Shape(2, 2));
            NDArray truth = memory.create(new float[] {1, 0, 0, 1}, new Shape(2, 2));
            DistillationLoss loss = new DistillationLoss(/* alpha= */ 0.25f, /* temperature= */ 2);

            double ce = (Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.exp(-1))) / 2;
            double p = 1 / (1 + Math.exp(-2));
            double q = 1 / (1 + Math.exp(1));
            double kl = (p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q))) / 2;
            NDArray crossEntropy = DistillationLoss.crossEntropy(student, truth, /* known= */ 2);
            NDArray divergence = loss.divergence(student, teacher);

            assertThat((double) crossEntropy.getFloat()).isCloseTo(ce, within(1e-5));
            assertThat((double) divergence.getFloat()).isCloseTo(kl, within(1e-5));
            assertThat((double) loss.of(crossEntropy, divergence).getFloat())
                    .isCloseTo(0.25 * ce + 0.75 * 4 * kl, within(1e-5));
            assertThat(loss.divergence(teacher, teacher).getFloat()).isCloseTo(0, within(1e-6f));
        }
    }

    @Test
    void foldersThatAreNoClassesAreSaid() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> PictureFolder.classes(empty))
                .hasMessageContaining("holds 0 folders")
                .hasMessageContaining("two or more");
        Files.createDirectories(empty.resolve("a"));
        Files.createDirectories(empty.resolve("b"));
        assertThatThrownBy(() -> PictureFolder.read(empty, List.of("a", "b"), 8, 8))
                .hasMessageContaining("holds no JPEG or PNG files");
        Files.writeString(empty.resolve("a").resolve("x.png"), "no picture");
        assertThatThrownBy(() -> PictureFolder.read(empty, List.of("a", "b"), 8, 8))
                .hasMessageContaining("x.png")
                .hasMessageContaining("no readable picture");
    }

    @Test
    void alphaAndTemperatureHaveRanges() {
        assertThatThrownBy(() -> new DistillationLoss(2, 0))
                .hasMessageContaining("alpha is 2.0")
                .hasMessageContaining("temperature is 0.0");
    }
}
