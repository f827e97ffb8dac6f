package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.TestingPictures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
    private static final DetectorOptions KEEP_ALL =
            DetectorOptions.builder().scoreThreshold(0).nmsThreshold(1).build();

    @TempDir
    private Path folder;

    private final FrameTimings timings = new FrameTimings();
    private final Detections found = new Detections();
    private final List<BgrImage> pictures = new ArrayList<>();

    @BeforeEach
    void paint() {
        for (int seed = 0; seed < 5; seed++) {
            pictures.add(TestingPictures.scene(TestingModels.SIDE, TestingModels.SIDE, seed));
        }
    }

    /** Whatever the model's batch, each slot gives what its picture gives alone. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 2, 3, 8})
    void slotsDoNotMix(int batch) throws ModelException, IOException {
        Path model = TestingModels.yolox(folder.resolve("model.onnx"), batch);
        try (Detector detector = Detector.open(model, slots(pictures.size()))) {
            assertThat(detector.info().fixedBatch()).isEqualTo(Math.max(0, batch));
            assertThat(detector.slots()).isEqualTo(pictures.size());
            for (int count = pictures.size(); count >= 1; count--) {
                for (int slot = 0; slot < count; slot++) {
                    detector.load(slot, pictures.get((slot + count) % pictures.size()), timings);
                }
                detector.run(count);
                for (int slot = 0; slot < count; slot++) {
                    detector.detections(slot, found, timings);
                    assertThat(scores(found)).isEqualTo(expectedScores(pictures.get((slot + count) % pictures.size())));
                }
            }
        }
    }

    @Test
    void timesEachStage() throws ModelException, IOException, ImageFormatException {
        Path model = TestingModels.yolox(folder.resolve("model.onnx"), 1);
        try (Detector detector = Detector.open(model, KEEP_ALL)) {
            detector.load(0, TestingPictures.jpeg(320, 240, /* seed= */ 1), timings);
            assertThat(timings.decodeNanos()).isPositive();
            assertThat(timings.letterboxNanos()).isPositive();
            detector.run(1);
            assertThat(detector.lastRunNanos()).isPositive();
            assertThat(detector.lastRunCpuNanos()).isPositive();
            detector.detections(0, found, timings);
            assertThat(timings.postprocessNanos()).isPositive();
            detector.load(0, pictures.get(0), timings);
            assertThat(timings.decodeNanos()).isZero();
        }
    }

    @Test
    void aRefusedJpegLeavesItsSlotAsItWas() throws ModelException, IOException {
        Path model = TestingModels.yolox(folder.resolve("model.onnx"), 1);
        try (Detector detector =
                Detector.open(model, KEEP_ALL.toBuilder().maxPixels(1000).build())) {
            detector.load(0, pictures.get(1), timings);
            byte[] large = TestingPictures.jpeg(320, 240, /* seed= */ 1);
            ImageFormatException refused =
                    catchThrowableOfType(ImageFormatException.class, () -> detector.load(0, large, timings));
            assertThat(refused.problem()).isEqualTo(ImageFormatException.Problem.TOO_LARGE);
            detector.run(1);
            detector.detections(0, found, timings);
            assertThat(scores(found)).isEqualTo(expectedScores(pictures.get(1)));
        }
    }

    @Test
    void boxesAreInPixelsOfTheSource() throws ModelException, IOException {
        // Cell 0 of stride 8, all values 1 (white): centre (1 + 0) * 8, size e * 8, score 1 * 1.
        Path model = TestingModels.yolox(folder.resolve("model.onnx"), 1);
        try (Detector detector = Detector.open(
                        model, KEEP_ALL.toBuilder().maxDetections(1).build());
                BgrImage white = new BgrImage(64, 64)) {
            ByteBuffer pixels = white.buffer();
            while (pixels.hasRemaining()) {
                pixels.put((byte) 255);
            }
            detector.load(0, white, timings);
            detector.run(1);
            detector.detections(0, found, timings);
            assertThat(found.size()).isEqualTo(1);
            assertThat(found.score(0)).isEqualTo(1f);
            float half = (float) Math.E * 8 / 2;
            // The source has twice the network's size.
            assertThat(found.x1(0)).isEqualTo(2 * (8 - half));
            assertThat(found.y1(0)).isEqualTo(2 * (8 - half));
            assertThat(found.x2(0)).isEqualTo(2 * (8 + half));
            assertThat(found.y2(0)).isEqualTo(2 * (8 + half));
        }
    }

    /** What a network gave elsewhere is read as if it had given it here. */
    @Test
    void readsWhatAnotherRuntimeGave() throws ModelException, IOException {
        Path model = TestingModels.yolox(folder.resolve("model.onnx"), 1);
        try (Detector detector = Detector.open(model, KEEP_ALL)) {
            detector.load(0, pictures.get(1), timings);
            float[] given = detector.input(0);
            assertThat(given).hasSize(3 * TestingModels.SIDE * TestingModels.SIDE);
            float[] made = Arrays.copyOf(given, TestingModels.ANCHORS * TestingModels.ROW);
            for (int i = 0; i < made.length; i++) {
                made[i] /= 255;
            }
            detector.detections(0, List.of(made), found);
            assertThat(scores(found)).isEqualTo(expectedScores(pictures.get(1)));
            assertThatThrownBy(() -> detector.detections(0, List.of(given), found))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found [" + given.length + "]");
            assertThatThrownBy(() -> detector.detections(0, List.of(), found))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void misuseIsNamed() throws ModelException, IOException {
        Path model = TestingModels.yolox(folder.resolve("model.onnx"), 1);
        try (Detector detector = Detector.open(model, KEEP_ALL)) {
            assertThatThrownBy(() -> detector.run(2)).hasMessageContaining("1 to 1");
            assertThatThrownBy(() -> detector.run(0)).hasMessageContaining("0 images");
            assertThatThrownBy(() -> detector.detections(0, found, timings)).hasMessageContaining("never loaded");
            detector.close();
            detector.close();
            assertThatThrownBy(() -> detector.load(0, pictures.get(0), timings)).hasMessageContaining("closed");
            assertThatThrownBy(() -> detector.run(1)).hasMessageContaining("closed");
            assertThatThrownBy(() -> detector.detections(0, found, timings)).hasMessageContaining("closed");
        }
    }

    /** Opening and closing must give back what it took; a leak of each opening's memory would end the process. */
    @Test
    void manyDetectorsInARowLeaveNothing() throws ModelException, IOException {
        Path model = TestingModels.yolox(folder.resolve("model.onnx"), -1);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            try (Detector detector = Detector.open(model, slots(1 + random.nextInt(64)))) {
                detector.load(0, pictures.get(0), timings);
                detector.run(1);
            }
        }
        assertThat(Pointer.totalBytes()).isLessThan(50_000_000L);
    }

    private static DetectorOptions slots(int count) {
        return KEEP_ALL.toBuilder().maxBatch(count).build();
    }

    private static List<Float> scores(Detections detections) {
        List<Float> scores = new ArrayList<>();
        for (int i = 0; i < detections.size(); i++) {
            scores.add(detections.score(i));
        }
        return scores;
    }

    /** The model's output is the picture itself, so its scores are products of two bytes of the blue plane. */
    private static List<Float> expectedScores(BgrImage picture) {
        ByteBuffer pixels = picture.buffer();
        List<Float> scores = new ArrayList<>();
        for (int row = 0; row < TestingModels.ANCHORS; row++) {
            scores.add(blue(pixels, row * TestingModels.ROW + 4) * blue(pixels, row * TestingModels.ROW + 5));
        }
        scores.sort((a, b) -> Float.compare(b, a));
        return scores;
    }

    private static float blue(ByteBuffer pixels, int index) {
        return (pixels.get(3 * index) & 0xFF) / 255f;
    }
}
