package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.detect.Detections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsableDetectionTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 10, 10, 0, ",
        "-5, -5, 1, 1, 1, ",
        "NaN, 0, 10, 10, 0.5, NOT_FINITE",
        "0, 0, 10, Infinity, 0.5, NOT_FINITE",
        "-Infinity, 0, Infinity, 10, NaN, NOT_FINITE",
        "-3e38, 0, 3e38, 10, 0.5, NOT_FINITE",
        "10, 0, 5, 10, 0.5, NO_SIZE",
        "0, 10, 10, 10, 7, NO_SIZE",
        "0, 0, 10, 10, NaN, ABSURD_SCORE",
        "0, 0, 10, 10, -0.1, ABSURD_SCORE",
        "0, 0, 10, 10, 1.1, ABSURD_SCORE",
    })
    void whatIsNoBoxIsNamedByItsFirstFault(float x1, float y1, float x2, float y2, float score, BoxProblem problem) {
        Detections detections = new Detections();
        detections.add(x1, y1, x2, y2, score, /* classId= */ 0);
        assertThat(UsableDetection.is(detections, 0)).isEqualTo(problem == null);
        if (problem != null) {
            assertThat(UsableDetection.problem(detections, 0)).isEqualTo(problem);
        }
    }
}
