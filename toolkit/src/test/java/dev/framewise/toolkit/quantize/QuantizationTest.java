package dev.framewise.toolkit.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.framewise.toolkit.Progress;
import dev.framewise.toolkit.graph.ModelStore;
import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizationTest {
    private static final int PICTURES = 40;

    @TempDir
    private Path folder;

    private final StringWriter told = new StringWriter();

    @Test
    void convolutionsOverManyChannelsBecomeInt8() throws Exception {
        Outcome outcome = quantization(TestingDetector.fast(), 0.02).search();
        assertThat(outcome.reasons()).as(told.toString()).isEmpty();
        assertThat(outcome.speedup()).isGreaterThan(1.2);
        assertThat(outcome.bytes()).isLessThan(outcome.parentBytes() / 2);
        assertThat(outcome.test().after().agreement()).isGreaterThan(0.9);
        assertThat(outcome.test().pictures()).isEqualTo(PICTURES - PICTURES * 3 / 5);
        assertThat(outcome.overlapping()).isFalse();
    }

    @Test
    void aModelThatInt8MakesSlowerIsRefused() throws Exception {
        Outcome outcome = quantization(TestingDetector.slow(), 0.1).search();
        assertThat(outcome.reasons()).as(told.toString()).anyMatch(reason -> reason.startsWith("it is not faster"));
    }

    @Test
    void aModelOfWildOutliersIsRefused() throws Exception {
        Outcome outcome = quantization(TestingDetector.wild(), 0.01).search();
        assertThat(outcome.isAccepted()).as(told.toString()).isFalse();
    }

    @Test
    void aRecipeMakesTheSameFileAgain() throws Exception {
        Quantization quantization = quantization(TestingDetector.fast(), 0.02);
        Outcome searched = quantization.search();
        Recipe recipe = Recipe.read(Files.writeString(
                folder.resolve("recipe.json"), searched.recipe().toJson()));
        assertThat(quantization.follow(recipe).model()).isEqualTo(searched.model());
        assertThatThrownBy(() -> quantization(TestingDetector.slow(), 0.02).follow(recipe))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the recipe is of a model of SHA-256");
    }

    @Test
    void whatIsQuantizedAlreadyIsRefused() throws Exception {
        Outcome outcome = quantization(TestingDetector.fast(), 0.02).search();
        assertThatThrownBy(() -> quantization(outcome.model(), 0.02).search())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is quantized already");
    }

    @Test
    void labelsOfOtherPicturesAreRefused() throws Exception {
        Path labels = Files.writeString(folder.resolve("gt.txt"), "1,1,10,10,20,20,1\n900,1,10,10,20,20,1\n");
        assertThatThrownBy(() -> Labels.read(labels, 0, PICTURES))
                .hasMessageContaining("These labels are of other pictures");
        assertThatThrownBy(() -> Labels.read(Files.writeString(labels, "a,b,c\n"), 0, PICTURES))
                .hasMessageContaining("gt.txt: is no file of annotations");
    }

    private Quantization quantization(ModelProto model, double budget) throws Exception {
        Path file = folder.resolve("model-" + Arrays.hashCode(model.toByteArray()) + ".onnx");
        ModelStore.write(file, model);
        QuantizeOptions options = new QuantizeOptions(Optional.empty(), 12, 12, 100, budget, Duration.ofSeconds(10));
        return new Quantization(new Conversion(
                file,
                PictureSupply.of(TestingPictures.folder(folder.resolve("pictures"), PICTURES)),
                Optional.empty(),
                DetectorOptions.builder().scoreThreshold(0.01f).build(),
                options,
                new Progress(new PrintWriter(told)),
                System::nanoTime));
    }
}
