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
                /* teacherChannels= */ 4,
                /* studentChannels= */ 4,
                /* epochs= */ 12,
                /* seeds= */ 1,
                /* seed= */ 3,
                DistillationLoss.USUAL,
                folder.resolve("out"));

        ClassifierDistillation.Result result =
                new ClassifierDistillation(plan, train, test, lines::add).run(Optional.empty());

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
                new ClassifierDistillation(plan, train, test, lines::add).run(Optional.empty());
        assertThat(lines).isEmpty();
        assertThat(again.pairs().get(0).distilled().right())
                .isEqualTo(result.pairs().get(0).distilled().right());
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
            NDArray crossEntropy = DistillationLoss.crossEntropy(student, truth);
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
