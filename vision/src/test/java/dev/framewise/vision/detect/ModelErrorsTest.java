package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.onnx.OnnxInput;
import dev.framewise.vision.provider.TensorRtOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelErrorsTest {
    private static final DetectorOptions OPTIONS = DetectorOptions.defaults();

    @TempDir
    private Path folder;

    @Test
    void aMissingFileIsNamed() {
        assertThat(refusal(folder.resolve("absent.onnx"))).contains("absent.onnx", "no such model file");
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "this is no model");
        assertThat(refusal(text)).contains("text.onnx", "Expected a complete ONNX model");
        Path empty = Files.createFile(folder.resolve("empty.onnx"));
        assertThat(refusal(empty)).contains("empty.onnx");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(TestingModels.yolox(folder.resolve("whole.onnx"), 1));
        for (int length = 0; length < whole.length; length += 7) {
            Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, length));
            assertThat(refusal(cut)).contains("cut.onnx");
        }
    }

    @Test
    void anInputThatIsNoPictureIsRefusedWithWhatWasFound() throws IOException {
        assertThat(refusal(TestingModels.grey(folder.resolve("grey.onnx"))))
                .contains("expected an input of FLOAT [batch or -1, 3, height, width]", "[1, 1, 32, 32]");
    }

    /** A small file that asks for all memory that there is. */
    @Test
    void anInputLargerThanAnyPictureIsRefusedBeforeMemoryIsTaken() throws IOException {
        assertThat(refusal(TestingModels.picture(folder.resolve("wide.onnx"), 1, 3, 100_000, 100_000)))
                .contains("found images FLOAT [1, 3, 100000, 100000]", "sides of 1 to 8192 and batches of 1 to 256");
        assertThat(refusal(TestingModels.picture(folder.resolve("many.onnx"), 1_000_000, 3, 32, 32)))
                .contains("found images FLOAT [1000000, 3, 32, 32]");
    }

    /** Each slot may be as large as a picture, and there may be 256: more than the process has. */
    @Test
    void memoryThatIsNotThereIsARefusalNotTheEndOfTheProcess() throws IOException {
        Path model = TestingModels.picture(folder.resolve("large.onnx"), -1, 3, 8_192, 8_192);
        DetectorOptions many = DetectorOptions.builder().maxBatch(256).build();
        assertThat(catchThrowableOfType(ModelException.class, () -> Detector.open(model, many)
                                .close())
                        .getMessage())
                .contains("large.onnx: no memory for its inputs and outputs, for batches of 256");
    }

    @Test
    void anOutputThatNoHeadReadsIsRefusedWithWhatWasFound() throws IOException {
        assertThat(refusal(TestingModels.unknownHead(folder.resolve("head.onnx"))))
                .contains("yolox [1, 21, 5 + classes]", "[1, 10, 10]");
    }

    @Test
    void outputsThatNoHeadReadsTogetherAreRefused() throws IOException {
        assertThat(refusal(TestingModels.twoOutputs(folder.resolve("two.onnx"))))
                .contains("no known head reads its output", "Found: [output [1, 21, 6], flat [1, 3072]]");
    }

    @Test
    void aFileOfAnotherHashIsRefused() throws IOException, ModelException {
        Path model = TestingModels.yolox(folder.resolve("m.onnx"), 1);
        String right = Fingerprint.of(model).sha256();
        String wrong = "0".repeat(64);
        assertThat(catchThrowableOfType(ModelException.class, () -> ModelFile.verify(model, wrong, OPTIONS))
                        .getMessage())
                .contains("m.onnx", "expected SHA-256 " + wrong, right, "fetch it again");
        ModelFile file = ModelFile.verify(model, right.toUpperCase(Locale.ROOT), OPTIONS);
        assertThat(file)
                .isEqualTo(new ModelFile(
                        model,
                        Files.size(model),
                        /* externalBytes= */ 0,
                        right,
                        /* quantized= */ false,
                        new OnnxInput("images", /* elementType= */ 1, List.of(1L, 3L, 32L, 32L))));
    }

    @Test
    void aModelLargerThanAllowedIsRefused() throws IOException {
        Path model = TestingModels.yolox(folder.resolve("m.onnx"), 1);
        DetectorOptions small = OPTIONS.toBuilder().maxModelBytes(10).build();
        assertThat(catchThrowableOfType(ModelException.class, () -> ModelFile.verify(model, small))
                        .getMessage())
                .contains("m.onnx: has " + Files.size(model) + " bytes; allowed: 10");
    }

    @Test
    void whatLiesBesideTheModelCountsToo() throws IOException {
        Path model = TestingModels.external(folder.resolve("m.onnx"), "weights.bin");
        Files.write(folder.resolve("weights.bin"), new byte[1000]);
        DetectorOptions small = OPTIONS.toBuilder().maxModelBytes(1000).build();
        assertThat(catchThrowableOfType(ModelException.class, () -> ModelFile.verify(model, small))
                        .getMessage())
                .contains("has " + (1000 + Files.size(model)) + " bytes; allowed: 1000");
    }

    /** ONNX Runtime must not get to see it. */
    @Test
    void externalDataThatLeavesTheFolderIsRefused() throws IOException {
        assertThat(refusal(TestingModels.external(folder.resolve("m.onnx"), "../m.bin")))
                .contains("m.onnx: tensor divisor", "not within the model's folder: refused");
    }

    @Test
    void externalDataBesideTheModelIsRead() throws IOException, ModelException {
        Path model = TestingModels.external(folder.resolve("m.onnx"), "weights.bin");
        ByteBuffer divisor =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 255);
        Files.write(folder.resolve("weights.bin"), divisor.array());
        try (Detector detector = Detector.open(model, OPTIONS)) {
            assertThat(detector.info().head()).isEqualTo("yolox");
        }
    }

    @Test
    void operatorsThatTheRuntimeDoesNotHaveAreRefused() throws IOException {
        Path model = TestingModels.customOperator(folder.resolve("m.onnx"), "TRT", "EfficientNMS_TRT");
        assertThat(refusal(model)).contains("domain and first operator {TRT=EfficientNMS_TRT}", "Export it without");
    }

    @Test
    void operatorsOfAProviderAreTakenWhereItIsAskedFor() throws IOException, ModelException {
        Path model = TestingModels.customOperator(folder.resolve("m.onnx"), "trt.plugins", "EfficientNMS_TRT");
        assertThat(refusal(model)).contains("{trt.plugins=EfficientNMS_TRT}");
        DetectorOptions tensorrt =
                DetectorOptions.builder().providers(TensorRtOptions.DEFAULTS).build();
        assertThat(ModelFile.verify(model, tensorrt).path()).isEqualTo(model);
    }

    private static String refusal(Path model) {
        return catchThrowableOfType(ModelException.class, () -> Detector.open(model, DetectorOptions.defaults())
                        .close())
                .getMessage();
    }
}
