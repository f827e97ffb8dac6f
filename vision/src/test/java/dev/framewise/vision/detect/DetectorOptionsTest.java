package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectorOptionsTest {
    @Test
    void allProblemsAreReportedTogether() {
        assertThatThrownBy(() ->
                        new DetectorOptions(0, List.of(), false, 0, 1.5f, -1f, 0, Set.of(-1), ModelDescription.NONE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "maxBatch is 0",
                        "providers is []",
                        "intraOpThreads is 0",
                        "scoreThreshold is 1.5; allowed: 0 to 1",
                        "nmsThreshold is -1.0",
                        "maxDetections is 0",
                        "classes is [-1]",
                        "maxPixels is 0");
    }

    @Test
    void notANumberIsNoThreshold() {
        assertThatThrownBy(() -> DetectorOptions.defaults().withScoreThreshold(Float.NaN))
                .hasMessageContaining("scoreThreshold is NaN");
    }

    @Test
    void eachWitherChangesItsValueOnly() {
        DetectorOptions defaults = DetectorOptions.defaults();
        DetectorOptions changed = defaults.withMaxBatch(8)
                .withProviders(ExecutionProvider.CUDA)
                .withStrict(true)
                .withIntraOpThreads(2)
                .withScoreThreshold(0.3f)
                .withNmsThreshold(0.6f)
                .withMaxDetections(10)
                .withClasses(DetectorOptions.PERSON)
                .withHead("yolov8")
                .withMaxPixels(1000);
        assertThat(changed)
                .isEqualTo(new DetectorOptions(
                        8,
                        List.of(ExecutionProvider.CUDA),
                        true,
                        2,
                        0.3f,
                        0.6f,
                        10,
                        Set.of(0),
                        ModelDescription.NONE.withHead("yolov8"),
                        1000));
    }
}
