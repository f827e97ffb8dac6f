package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelErrorsTest {
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

    @Test
    void anOutputThatNoHeadReadsIsRefusedWithWhatWasFound() throws IOException {
        assertThat(refusal(TestingModels.unknownHead(folder.resolve("head.onnx"))))
                .contains("yolox [1, 21, 5 + classes]", "[1, 10, 10]");
    }

    @Test
    void moreThanOneOutputIsRefused() throws IOException {
        assertThat(refusal(TestingModels.twoOutputs(folder.resolve("two.onnx"))))
                .contains("one input and one output", "flat", "output");
    }

    private static String refusal(Path model) {
        return catchThrowableOfType(ModelException.class, () -> Detector.open(model, DetectorOptions.defaults())
                        .close())
                .getMessage();
    }
}
