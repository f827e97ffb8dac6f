package dev.framewise.vision.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetectionTrackingTest {
    /** In every frame one object that stands still, and one that key frames of every third never meet. */
    private static final Map<Integer, Detections> DETECTIONS = IntStream.rangeClosed(1, 9)
            .boxed()
            .collect(Collectors.toMap(frame -> frame, frame -> {
                Detections detections = new Detections();
                detections.add(0, 0, 40, 80, /* score= */ 0.9f, /* classId= */ 0);
                if (frame % 3 != 1) {
                    detections.add(200, 0, 240, 80, /* score= */ 0.9f, /* classId= */ 0);
                }
                return detections;
            }));

    @Test
    void framesBetweenKeyFramesAreNotLookedAt() {
        List<MotRow> rows = run(/* interval= */ 3, /* phase= */ 0);
        assertThat(rows).extracting(MotRow::frame).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(rows).extracting(MotRow::id).containsOnly(1);
    }

    @Test
    void nothingIsShownBeforeTheFirstKeyFrame() {
        assertThat(run(/* interval= */ 4, /* phase= */ 3))
                .extracting(MotRow::frame)
                .containsOnly(4, 5, 6, 7, 8, 9);
    }

    @Test
    void framesWithoutDetectionsAreFramesWithoutDetections() {
        assertThat(DetectionTracking.run(Map.of(), /* frames= */ 5, /* interval= */ 1, /* phase= */ 0, newTracker()))
                .isEmpty();
    }

    @Test
    void aPhaseOutsideTheIntervalIsRefused() {
        assertThatThrownBy(() -> run(/* interval= */ 3, /* phase= */ 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run(/* interval= */ 0, /* phase= */ 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<MotRow> run(int interval, int phase) {
        return DetectionTracking.run(DETECTIONS, /* frames= */ 9, interval, phase, newTracker());
    }

    private static ByteTracker newTracker() {
        return new ByteTracker(ByteTrackOptions.defaults());
    }
}
