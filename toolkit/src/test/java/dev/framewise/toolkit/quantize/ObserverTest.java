package dev.framewise.toolkit.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObserverTest {
    /** Ten pictures of numbers around 0, of deviation 1; the last has one far outside. */
    private static TensorStats bell(float outlier) {
        TensorStats stats = new TensorStats();
        for (int pass = 0; pass < 2; pass++) {
            SplittableRandom random = new SplittableRandom(9);
            for (int picture = 0; picture < 10; picture++) {
                float[] values = new float[20_000];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
                values[0] = picture == 9 ? outlier : 0;
                if (pass == 0) {
                    stats.extremes(values);
                } else {
                    stats.count(values);
                }
            }
        }
        return stats;
    }

    @Test
    void minMaxTakesEverything() {
        assertThat(Observer.MINMAX.range(bell(50)).max()).isEqualTo(50);
    }

    @Test
    void movingAverageTakesATenthOfOneOddPicture() {
        assertThat(Observer.MOVING_AVERAGE.range(bell(50)).max()).isBetween(7f, 10f);
    }

    @Test
    void percentileAndEntropyLeaveOutTheOddOne() {
        assertThat(Observer.PERCENTILE.range(bell(50)).max()).isBetween(3.5f, 4.5f);
        assertThat(Observer.ENTROPY.range(bell(50)).max()).isBetween(2f, 8f);
    }

    @ParameterizedTest
    @EnumSource(Observer.class)
    void aRectifiedTensorStartsAtZero(Observer observer) {
        TensorStats stats = new TensorStats();
        float[] values = {0, 0, 0, 1, 2, 3, 4};
        stats.extremes(values);
        stats.count(values);
        Range range = observer.range(stats);
        assertThat(range.min()).isZero();
        assertThat(range.zeroPoint()).isZero();
        assertThat(range.max()).isBetween(1f, 4.01f);
    }

    @ParameterizedTest
    @EnumSource(Observer.class)
    void aTensorOfOneValueHasARange(Observer observer) {
        TensorStats stats = new TensorStats();
        stats.extremes(new float[] {0, 0});
        stats.count(new float[] {0, 0});
        assertThat(observer.range(stats).scale()).isPositive();
    }

    @Test
    void zeroIsAStepOfItsOwn() {
        Range range = new Range(-1, 3);
        assertThat(range.zeroPoint()).isEqualTo(64);
        assertThat(range.scale()).isCloseTo(4 / 255f, within(1e-9f));
        assertThat(new Range(2, 3).min()).isZero();
    }
}
