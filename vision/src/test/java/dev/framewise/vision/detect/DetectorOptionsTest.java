package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.provider.CudaOptions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectorOptionsTest {
    @Test
    void allProblemsAreReportedTogether() {
        assertThatThrownBy(() -> new DetectorOptions(
                        0, List.of(), false, 0, 1.5f, -1f, 0, Set.of(-1), ModelDescription.NONE, 0, true, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "maxBatch is 0",
                        "providers is []",
                        "intraOpThreads is 0",
                        "scoreThreshold is 1.5; allowed: 0 to 1",
                        "nmsThreshold is -1.0",
                        "maxDetections is 0",
                        "classes is [-1]",
                        "maxPixels is 0",
                        "maxModelBytes is 0");
    }

    @Test
    void notANumberIsNoThreshold() {
        assertThatThrownBy(() ->
                        DetectorOptions.builder().scoreThreshold(Float.NaN).build())
                .hasMessageContaining("scoreThreshold is NaN");
    }

    @Test
    void theBuilderChangesWhatItIsTold() {
        DetectorOptions changed = DetectorOptions.builder()
                .maxBatch(8)
                .providers(CudaOptions.DEFAULTS)
                .strict(true)
                .intraOpThreads(2)
                .scoreThreshold(0.3f)
                .nmsThreshold(0.6f)
                .maxDetections(10)
                .classes(DetectorOptions.PERSON)
                .head("yolov8")
                .maxPixels(1000)
                .scaledJpegs(false)
                .maxModelBytes(2000)
                .build();
        assertThat(changed)
                .isEqualTo(new DetectorOptions(
                        8,
                        List.of(CudaOptions.DEFAULTS),
                        true,
                        2,
                        0.3f,
                        0.6f,
                        10,
                        Set.of(0),
                        ModelDescription.NONE.withHead("yolov8"),
                        1000,
                        false,
                        2000));
        assertThat(changed.toBuilder().build()).isEqualTo(changed);
    }

    @Test
    void theBuilderBeginsWithTheDefaults() {
        assertThat(DetectorOptions.builder().build()).isEqualTo(DetectorOptions.defaults());
    }
}
