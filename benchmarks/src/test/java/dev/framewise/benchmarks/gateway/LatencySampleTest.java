package dev.framewise.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.benchmarks.gateway.LiveReader.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencySampleTest {
    private static final long START = 1_700_000_000_000_000L;
    private static final int FRAMES_PER_SECOND = 30;

    @Test
    void onlyLiveFramesOfTheSpanCount() {
        LatencySample sample = new LatencySample();
        sample.add(
                List.of(
                        new Arrival(START - 1, START + 9_000, /* replayed= */ false),
                        new Arrival(START, START + 1_500, /* replayed= */ false),
                        new Arrival(START + 10, START + 5_000_000, /* replayed= */ true),
                        new Arrival(START + 1_999_999, START + 2_002_499, /* replayed= */ false),
                        new Arrival(START + 2_000_000, START + 2_009_000, /* replayed= */ false)),
                START,
                START + 2_000_000);

        assertThat(sample.size()).isEqualTo(2);
        assertThat(sample.quantile(0.5)).isEqualTo(1.5);
        assertThat(sample.quantile(0.99)).isEqualTo(2.5);
    }

    @Test
    void samplesOfOneKindAreNotToldApart() {
        double[] interval = exponential(1, 60, 1).ratioInterval(exponential(2, 60, 1), 0.99);

        assertThat(interval[0]).isLessThan(1);
        assertThat(interval[1]).isGreaterThan(1);
    }

    @Test
    void aSampleOfTwiceTheLatencyIs() {
        double[] interval = exponential(1, 100, 2).ratioInterval(exponential(2, 100, 1), 0.99);

        assertThat(interval[0]).isGreaterThan(1.1);
        assertThat((interval[0] + interval[1]) / 2).isCloseTo(2, within(0.6));
    }

    @Test
    void oneSecondThatStoodStillMakesTheAnswerUnsure() {
        LatencySample disturbed = exponential(1, 60, 1);
        disturbed.add(second(START + 60_000_000L, index -> 200), START, START + 61_000_000L);

        double[] interval = disturbed.ratioInterval(exponential(2, 60, 1), 0.99);

        assertThat(interval[0]).isLessThan(1.5);
        assertThat(interval[1]).isGreaterThan(10);
    }

    private interface Latency {
        double millis(int index);
    }

    private static LatencySample exponential(long seed, int seconds, double meanMillis) {
        Random random = new Random(seed);
        LatencySample sample = new LatencySample();
        for (int i = 0; i < seconds; i++) {
            long from = START + i * 1_000_000L;
            sample.add(
                    second(from, index -> -meanMillis * Math.log(1 - random.nextDouble())),
                    START,
                    START + 60_000_000_000L);
        }
        return sample;
    }

    private static List<Arrival> second(long fromMicros, Latency latency) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < FRAMES_PER_SECOND; i++) {
            long captured = fromMicros + i * 1_000_000L / FRAMES_PER_SECOND;
            arrivals.add(new Arrival(captured, captured + Math.round(1e3 * latency.millis(i)), /* replayed= */ false));
        }
        return arrivals;
    }
}
