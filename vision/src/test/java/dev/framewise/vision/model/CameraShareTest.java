package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CameraShareTest {
    private static final int CAMERAS = 10_000;

    @Test
    void aShareOfTheCamerasIsThatShare() {
        for (double share : new double[] {0.01, 0.1, 0.5, 0.9}) {
            assertThat(count(share) / (double) CAMERAS).isCloseTo(share, within(0.012));
        }
        assertThat(count(0)).isZero();
        assertThat(count(1)).isEqualTo(CAMERAS);
    }

    @Test
    void whoIsInAShareIsInEveryLargerOne() {
        IntStream.range(0, CAMERAS).mapToObj(i -> "camera-" + i).forEach(camera -> {
            if (CameraShare.includes(0.1, camera)) {
                assertThat(CameraShare.includes(0.5, camera)).isTrue();
            }
        });
    }

    /** Fixed for ever: another hash would move cameras from one version to the other when a job is updated. */
    @Test
    void theHashIsTheSameInEveryRelease() {
        assertThat(IntStream.range(0, 12).filter(i -> CameraShare.includes(0.5, "camera-" + i)))
                .containsExactly(3, 5, 7, 9, 10);
    }

    @Test
    void everyCameraHasItsShareOfFramesInTheSample() {
        for (int camera = 0; camera < 20; camera++) {
            String name = "camera-" + camera;
            long sampled = IntStream.range(0, 5_000)
                    .filter(sequence -> CameraShare.samples(0.1, name, sequence))
                    .count();
            assertThat(sampled / 5_000.0).isCloseTo(0.1, within(0.02));
        }
    }

    private static long count(double share) {
        return IntStream.range(0, CAMERAS)
                .filter(i -> CameraShare.includes(share, "camera-" + i))
                .count();
    }
}
