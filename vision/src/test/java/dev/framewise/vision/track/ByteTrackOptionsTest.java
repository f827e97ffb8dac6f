package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteTrackOptionsTest {
    @Test
    void allProblemsAreReportedTogether() {
        assertThatThrownBy(() -> new ByteTrackOptions(
                        /* trackThreshold= */ 1.5,
                        /* lowThreshold= */ Double.NaN,
                        /* matchThreshold= */ 0.9,
                        /* secondMatchThreshold= */ 0.5,
                        /* tentativeMatchThreshold= */ -1,
                        /* newTrackThreshold= */ 0.7,
                        /* bufferFrames= */ 0,
                        /* frameRate= */ 0,
                        /* duplicateIou= */ 0.85,
                        /* fuseScore= */ true,
                        /* classAgnostic= */ false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "trackThreshold 1.5",
                        "lowThreshold NaN",
                        "tentativeMatchThreshold -1.0",
                        "bufferFrames 0",
                        "frameRate 0.0");
    }

    @Test
    void theLowThresholdLiesBelowTheHigh() {
        assertThat(ByteTrackOptions.of(0.05, 0.9).lowThreshold()).isEqualTo(0.05);
    }

    @Test
    void theBufferGrowsWithTheFrameRate() {
        assertThat(ByteTrackOptions.defaults().maxLostFrames()).isEqualTo(30);
        assertThat(ByteTrackOptions.defaults().withFrameRate(10).maxLostFrames())
                .isEqualTo(10);
        assertThat(ByteTrackOptions.defaults()
                        .withFrameRate(60)
                        .withBufferFrames(20)
                        .maxLostFrames())
                .isEqualTo(40);
    }
}
