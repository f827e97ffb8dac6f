package dev.framewise.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.track.LookReason;
import org.junit.jupiter.api.Test;

class EdgeStatsTest {
    private static final long MILLI = 1_000_000;

    private final EdgeStats stats = new EdgeStats();
    private long now = 5_000 * MILLI;

    @Test
    void theMeanIsOfTheLastThirtyFramesAndTheHighestIsKept() {
        assertThat(stats.meanFps()).isNaN();
        add(40, 100, LookReason.INTERVAL);
        assertThat(stats.meanFps()).isCloseTo(10, within(1e-9));
        assertThat(stats.maxFps()).isCloseTo(10, within(1e-9));

        add(30, 50, LookReason.NOT_NEEDED);
        assertThat(stats.meanFps()).isCloseTo(20, within(1e-9));

        add(30, 200, LookReason.NOT_NEEDED);
        assertThat(stats.meanFps()).isCloseTo(5, within(1e-9));
        assertThat(stats.maxFps()).isCloseTo(20, within(1e-9));
        assertThat(stats.frames()).isEqualTo(100);
        assertThat(stats.looked()).isEqualTo(40);
    }

    @Test
    void belowThirtyFramesThereIsNoHighest() {
        add(29, 100, LookReason.INTERVAL);

        assertThat(stats.maxFps()).isNaN();
        assertThat(stats.meanFps()).isCloseTo(10, within(1e-9));
    }

    @Test
    void theLeastLatencyIsOfFramesThatWereLookedAt() {
        EdgeFrame frame = frame(LookReason.NOT_NEEDED, /* latencyMillis= */ 1);
        stats.add(frame, now);
        assertThat(stats.minLatencyMillis()).isNaN();

        stats.add(frame(LookReason.INTERVAL, 30), now += 100 * MILLI);
        stats.add(frame(LookReason.INTERVAL, 20), now += 100 * MILLI);
        frame = frame(LookReason.INTERVAL, 2);
        frame.readable = false;
        stats.add(frame, now += 100 * MILLI);

        assertThat(stats.minLatencyMillis()).isEqualTo(20);
        assertThat(stats.unreadable()).isEqualTo(1);
        assertThat(stats.line()).contains("frames 4, looked at 2, unreadable 1");
    }

    private void add(int frames, long everyMillis, LookReason decision) {
        for (int i = 0; i < frames; i++) {
            now += everyMillis * MILLI;
            stats.add(frame(decision, /* latencyMillis= */ 10), now);
        }
    }

    private static EdgeFrame frame(LookReason decision, long latencyMillis) {
        EdgeFrame frame = new EdgeFrame();
        frame.decision = decision;
        frame.readable = true;
        frame.latencyNanos = latencyMillis * MILLI;
        return frame;
    }
}
