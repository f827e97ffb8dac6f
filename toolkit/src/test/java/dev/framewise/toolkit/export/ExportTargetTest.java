package dev.framewise.toolkit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.toolkit.quantize.FinalTest;
import dev.framewise.toolkit.quantize.Score;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.provider.ProviderOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The presets of the boards, and what is asked of an export. */
class ExportTargetTest {
    @ParameterizedTest
    @CsvSource({
        "ONNX, onnx, 320, .onnx",
        "TENSORRT, tensorrt, 640, .engine",
        "TFLITE, tflite, 320, .tflite",
        "NCNN, ncnn, 320, .param"
    })
    void presets(ExportTarget target, String id, int side, String ending) {
        assertThat(target).hasToString(id);
        assertThat(target.side()).isEqualTo(side);
        assertThat(target.ending()).isEqualTo(ending);
    }

    @Test
    void tensorRtComputesInHalvesWithTwoGigabytes() {
        ProviderOptions provider = TensorRtExport.provider(Path.of("/engines"));
        assertThat(provider.entries())
                .containsEntry("fp16", "true")
                .containsEntry("workspace", Long.toString(2L << 30))
                .containsEntry("cache", "/engines");
    }

    @ParameterizedTest
    @EnumSource(ExportTarget.class)
    void namesThatDoNotFitAreRefused(ExportTarget target) {
        assertThatThrownBy(() -> request(target, "model.bin", 0.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must end in " + target.ending());
    }

    @Test
    void rangesNeedPictures() {
        assertThatThrownBy(() -> request(ExportTarget.TFLITE, "model.tflite", 0.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reads ranges off pictures");
    }

    @Test
    void theSecondFileStandsBesideTheFirst() {
        assertThat(ExportTarget.beside(Path.of("a/b.ncnn.param"), ".param", ".bin"))
                .isEqualTo(Path.of("a/b.ncnn.bin"));
    }

    @Test
    void madeUpInputsAreJudgedByTheirDifference() {
        ExportRequest asked = request(ExportTarget.NCNN, "model.param", 0.01);
        assertThat(ExportVerdict.reasons(asked, new Agreement(4, 0.19, 10, Optional.empty())))
                .isEmpty();
        assertThat(ExportVerdict.reasons(asked, new Agreement(4, 0.21, 10, Optional.empty())))
                .singleElement()
                .asString()
                .contains("differs from the float model by 0.21");
        assertThat(ExportVerdict.reasons(asked, new Agreement(4, Double.POSITIVE_INFINITY, 10, Optional.empty())))
                .contains("it gives values that are no numbers");
    }

    @Test
    void picturesAreJudgedByWhatIsSeenInThem() {
        ExportRequest asked = request(ExportTarget.NCNN, "model.param", 0.01);
        assertThat(ExportVerdict.reasons(asked, seen(0.971, Double.NaN, Double.NaN)))
                .isEmpty();
        assertThat(ExportVerdict.reasons(asked, seen(0.969, Double.NaN, Double.NaN)))
                .singleElement()
                .asString()
                .contains("F1 0.9690");
        assertThat(ExportVerdict.reasons(asked, seen(0.5, 0.9, 0.891))).isEmpty();
        assertThat(ExportVerdict.reasons(asked, seen(1, 0.9, 0.889)))
                .singleElement()
                .asString()
                .contains("loses 0.0110 of AP50");
    }

    private static Agreement seen(double agreement, double before, double after) {
        return new Agreement(
                10,
                /* maxDifference= */ 3,
                /* maxAbs= */ 4,
                Optional.of(new FinalTest.Outcome(
                        10, new Score(0, 1, before, before), new Score(0, agreement, after, after))));
    }

    private static ExportRequest request(ExportTarget target, String out, double budget) {
        return new ExportRequest(
                target,
                Path.of("model.onnx"),
                Path.of(out),
                target.side(),
                target.side(),
                DetectorOptions.defaults(),
                Optional.empty(),
                Optional.empty(),
                /* calibration= */ 32,
                budget);
    }
}
