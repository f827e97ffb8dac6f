package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.image.BgrImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every head from the file to boxes in the source picture. The input is 32x32 pixels; a source of 64x32 is scaled by a
 * half and lies at row 8 when centred, and is scaled by a half across only when stretched.
 */
class DescribedModelsTest {
    private static final DetectorOptions OPTIONS = DetectorOptions.defaults();
    private static final Map<String, String> NAMES = Map.of("names", "{0: 'dog', 1: 'cat'}");

    @TempDir
    private Path folder;

    private final Detections found = new Detections();

    @Test
    void yolov5() throws ModelException, IOException {
        float[] output = new float[63 * 7];
        System.arraycopy(new float[] {8, 16, 8, 8, 0.8f, 0.25f, 0.5f}, 0, output, 7 * 40, 7);
        detect(constant(Map.of(), output, 1, 63, 7), OPTIONS, "yolov5");
        assertFound(/* x1= */ 8, /* y1= */ 8, /* x2= */ 24, /* y2= */ 24, /* score= */ 0.4f);
    }

    /** YOLOX with its decoding inside has the shape of raw YOLOX; its name and its pictures must be said. */
    @Test
    void yoloxDecodedInside() throws ModelException, IOException {
        float[] output = new float[21 * 7];
        System.arraycopy(new float[] {8, 8, 8, 8, 0.8f, 0.25f, 0.5f}, 0, output, 7 * 20, 7);
        Map<String, String> said = Map.of(
                "framewise.head", "yolov5",
                "framewise.input.fit", "top_left",
                "framewise.input.colours", "bgr",
                "framewise.input.range", "byte");
        detect(constant(said, output, 1, 21, 7), OPTIONS, "yolov5");
        assertFound(/* x1= */ 8, /* y1= */ 8, /* x2= */ 24, /* y2= */ 24, /* score= */ 0.4f);
    }

    @Test
    void yolov8() throws ModelException, IOException {
        float[] output = new float[6 * 21];
        float[] column = {8, 16, 8, 8, 0.25f, 0.5f};
        for (int i = 0; i < column.length; i++) {
            output[i * 21 + 3] = column[i];
            // The same object once more, which NMS drops.
            output[i * 21 + 4] = column[i] * (i < 4 ? 1 : 0.9f);
        }
        detect(constant(Map.of(), output, 1, 6, 21), OPTIONS, "yolov8");
        assertFound(/* x1= */ 8, /* y1= */ 8, /* x2= */ 24, /* y2= */ 24, /* score= */ 0.5f);
    }

    @Test
    void endToEnd() throws ModelException, IOException {
        float[] output = new float[300 * 6];
        System.arraycopy(new float[] {4, 12, 12, 20, 0.5f, 1}, 0, output, 0, 6);
        Path model = constant(NAMES, output, 1, 300, 6);
        ModelInfo info = detect(model, OPTIONS.toBuilder().head("yolov10").build(), "end2end");
        assertThat(info.classNames()).containsExactly("dog", "cat");
        assertFound(/* x1= */ 8, /* y1= */ 8, /* x2= */ 24, /* y2= */ 24, /* score= */ 0.5f);
    }

    /** Two objects may overlap: the network has decided that they are two. */
    @Test
    void endToEndIsNotThinnedOut() throws ModelException, IOException {
        float[] output = new float[300 * 6];
        for (int row = 0; row < 3; row++) {
            System.arraycopy(new float[] {4, 12, 12, 20, 0.5f + 0.1f * row, 1}, 0, output, 6 * row, 6);
        }
        Path model = constant(NAMES, output, 1, 300, 6);
        detect(model, OPTIONS, "end2end");
        assertThat(found.size()).isEqualTo(3);
        assertThat(found.score(0)).isEqualTo(0.7f);
        detect(model, OPTIONS.toBuilder().maxDetections(2).build(), "end2end");
        assertThat(found.size()).isEqualTo(2);
    }

    @Test
    void fastestDet() throws ModelException, IOException {
        float[] output = new float[7 * 4];
        // Row 1, column 0: the middle is the cell's corner, the size half the input.
        output[2] = 1;
        output[6 * 4 + 2] = 0.5f;
        detect(constant(Map.of(), output, 1, 7, 2, 2), OPTIONS, "fastestdet");
        assertFound(/* x1= */ -16, /* y1= */ 8, /* x2= */ 16, /* y2= */ 24, (float) Math.pow(0.5, 0.4));
    }

    /** The output is the first plane of the input: red 0.8 for the family, what the model says for others. */
    @Test
    void picturesComeAsTheModelWantsThem() throws ModelException, IOException {
        assertThat(firstPlane("fit", "stretched")).isCloseTo(0.8f, within(1e-6f));
        assertThat(firstPlane("colours", "bgr")).isCloseTo(0.2f, within(1e-6f));
        assertThat(firstPlane("range", "byte")).isEqualTo(204f);
        assertThat(firstPlane("mean", "0.2,0,0", "std", "2,1,1")).isCloseTo(0.3f, within(1e-6f));
        assertThat(firstPlane("fit", "centred", "pad", "51")).isCloseTo(0.2f, within(1e-6f));
    }

    /** The first value of the first plane, of a picture that is stretched so that nothing is padded. */
    private float firstPlane(String... keysAndValues) throws ModelException, IOException {
        Map<String, String> metadata = new HashMap<>(Map.of("framewise.input.fit", "stretched"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            metadata.put("framewise.input." + keysAndValues[i], keysAndValues[i + 1]);
        }
        detect(TestingModels.echo(folder.resolve("echo.onnx"), metadata, 1, 5, 21), OPTIONS, "yolov8");
        return found.score(0);
    }

    @Test
    void classNamesComeFromAFileToo() throws ModelException, IOException {
        Path names = Files.writeString(folder.resolve("names.txt"), "perro\n gato \n\n");
        ModelDescription said = ModelDescription.NONE.withClassNames(names);
        Path model = constant(NAMES, new float[6 * 21], 1, 6, 21);
        assertThat(detect(model, OPTIONS.toBuilder().description(said).build(), "yolov8")
                        .classNames())
                .containsExactly("perro", "gato");
    }

    /** An empty line would move the names behind it to other classes. */
    @Test
    void classNamesOfAFileThatIsNoListAreRefused() throws IOException {
        Path names = Files.writeString(folder.resolve("names.txt"), "perro\n\ngato\n");
        assertThatThrownBy(() -> ModelDescription.NONE.withClassNames(names))
                .isInstanceOf(IOException.class)
                .hasMessage(names + ": line 2 is empty; a name is expected there");
        Files.writeString(names, "\n \n");
        assertThatThrownBy(() -> ModelDescription.NONE.withClassNames(names)).hasMessage(names + " holds no name");
        Files.write(names, new byte[] {'a', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> ModelDescription.NONE.withClassNames(names)).hasMessage(names + " is no UTF-8 text");
    }

    @Test
    void classesThatTheModelDoesNotHaveAreRefused() throws IOException {
        Path model = constant(NAMES, new float[6 * 21], 1, 6, 21);
        assertThatThrownBy(() -> Detector.open(
                                model, OPTIONS.toBuilder().classes(0, 2).build())
                        .close())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("class 2 was asked for; it has 2, by index from 0: [");
    }

    private Path constant(Map<String, String> metadata, float[] output, long... shape) throws IOException {
        return TestingModels.constant(folder.resolve("model.onnx"), metadata, output, shape);
    }

    private ModelInfo detect(Path model, DetectorOptions options, String head) throws ModelException {
        FrameTimings timings = new FrameTimings();
        try (Detector detector = Detector.open(model, options);
                BgrImage picture = new BgrImage(64, 32)) {
            ByteBuffer pixels = picture.buffer();
            while (pixels.hasRemaining()) {
                pixels.put((byte) 51).put((byte) 102).put((byte) 204);
            }
            detector.load(0, picture, timings);
            detector.run(1);
            detector.detections(0, found, timings);
            assertThat(detector.info().head()).isEqualTo(head);
            assertThat(detector.description().head()).contains(head);
            return detector.info();
        }
    }

    private void assertFound(float x1, float y1, float x2, float y2, float score) {
        assertThat(found.size()).isEqualTo(1);
        assertThat(found.x1(0)).isCloseTo(x1, within(1e-5f));
        assertThat(found.y1(0)).isCloseTo(y1, within(1e-5f));
        assertThat(found.x2(0)).isCloseTo(x2, within(1e-5f));
        assertThat(found.y2(0)).isCloseTo(y2, within(1e-5f));
        assertThat(found.score(0)).isCloseTo(score, within(1e-6f));
        assertThat(found.classId(0)).isEqualTo(1);
    }
}
