package dev.framewise.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.gateway.TestingClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CaptureClockTest {
    private final TestingClock time = new TestingClock();
    private final SteadyWallClock steady = new SteadyWallClock(time, time);

    @Test
    void followsTheWall() {
        time.advance(Duration.ofMillis(40));

        assertThat(steady.capturedAtMicros(0)).isEqualTo(time.micros());
    }

    @Test
    void aWallSetForwardIsFollowedAtOnce() {
        time.setWall(time.instant().plusSeconds(3600));

        assertThat(steady.capturedAtMicros(0)).isEqualTo(time.micros());
    }

    @Test
    void aWallSetBackIsMetAtHalfSpeedAndNeverRepeated() {
        long last = steady.capturedAtMicros(0);
        time.setWall(time.instant().minusSeconds(10));

        for (int second = 1; second < 20; second++) {
            time.advance(Duration.ofSeconds(1));
            long now = steady.capturedAtMicros(second);
            assertThat(now).isEqualTo(last + 500_000).isGreaterThan(time.micros());
            last = now;
        }
        time.advance(Duration.ofSeconds(1));
        assertThat(steady.capturedAtMicros(20)).isEqualTo(time.micros());
    }

    @Test
    void theClipClockDependsOnTheSequenceAlone() {
        CaptureClock clip = CaptureClock.clip(/* startMicros= */ 1_000_000, /* framesPerSecond= */ 7);

        assertThat(clip.capturedAtMicros(0)).isEqualTo(1_000_000);
        assertThat(clip.capturedAtMicros(1)).isEqualTo(1_142_857);
        assertThat(clip.capturedAtMicros(7)).isEqualTo(2_000_000);
    }

    @Test
    void aClipWithoutARateHasNoClock() {
        assertThatThrownBy(() -> CaptureClock.clip(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
