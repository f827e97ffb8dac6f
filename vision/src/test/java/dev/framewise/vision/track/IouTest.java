package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IouTest {
    @Test
    void ofABoxWithItselfIsOne() {
        assertThat(Iou.ofXyxy(3, 4, 8, 16, 3, 4, 8, 16)).isEqualTo(1);
    }

    @Test
    void ofHalvesIsAThird() {
        assertThat(Iou.ofXyxy(0, 0, 10, 10, 5, 0, 15, 10)).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void ofBoxesThatTouchOrAreEmptyIsZero() {
        assertThat(Iou.ofXyxy(0, 0, 10, 10, 10, 0, 20, 10)).isZero();
        assertThat(Iou.ofXyxy(0, 0, 10, 10, 5, 5, 5, 5)).isZero();
    }

    @Test
    void ofInclusiveBoxesCountsTheLastPixel() {
        // 3 x 3 and 3 x 3 pixels that share 1 x 3
        assertThat(Iou.ofInclusiveXyxy(0, 0, 2, 2, 2, 0, 4, 2)).isCloseTo(3.0 / 15, within(1e-12));
    }
}
