package dev.framewise.benchmarks.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.detect.Detections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrbitSceneTest {
    @ParameterizedTest
    @ValueSource(ints = {8, 100})
    void nearlyEveryObjectIsSeenInEveryFrame(int objects) {
        OrbitScene scene = new OrbitScene(objects, /* frameCount= */ 600);
        double perFrame = IntStream.range(0, 600)
                .map(frame -> scene.frame(frame).size())
                .average()
                .orElseThrow();
        // nine in ten, and one box of nothing in five frames
        assertThat(perFrame).isBetween(0.88 * objects + 0.2, 0.92 * objects + 0.2);
    }

    @Test
    void repeatsWithoutAJump() {
        OrbitScene scene = new OrbitScene(/* objects= */ 1, /* frameCount= */ 600);
        assertThat(scene.frame(600)).isSameAs(scene.frame(0));
        Detections last = null;
        for (long frame = 0; frame <= 1200; frame++) {
            Detections now = scene.frame(frame);
            if (last != null && last.size() > 0 && now.size() > 0 && frame % 5 != 0 && frame % 5 != 1) {
                assertThat(Math.hypot(now.x1(0) - last.x1(0), now.y1(0) - last.y1(0)))
                        .as("frame " + frame)
                        .isLessThan(6);
            }
            last = now;
        }
    }

    @Test
    void isTheSameEachTimeItIsMade() {
        Detections one = new OrbitScene(8, 600).frame(123);
        Detections other = new OrbitScene(8, 600).frame(123);
        assertThat(IntStream.range(0, one.size()).mapToObj(one::x1))
                .isEqualTo(IntStream.range(0, other.size()).mapToObj(other::x1).toList());
    }
}
