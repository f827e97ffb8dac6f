package dev.framewise.toolkit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamWTest {
    @Test
    void theFirstStepIsTheLearningRateWhateverTheGradientsSize() {
        float[] weights = {1, 1, 1};
        AdamW optimizer = new AdamW(new float[3], new float[3], new boolean[3], /* decay= */ 0);

        optimizer.update(weights, new float[] {100, -0.001f, 0}, /* step= */ 1, /* learningRate= */ 0.1f);

        assertThat(weights).containsExactly(new float[] {0.9f, 1.1f, 1}, within(1e-4f));
    }

    @Test
    void secondStepFollowsThePublishedRecurrence() {
        float[] weights = {0};
        AdamW optimizer = new AdamW(new float[1], new float[1], new boolean[1], /* decay= */ 0);

        optimizer.update(weights, new float[] {1}, 1, 0.1f);
        optimizer.update(weights, new float[] {-2}, 2, 0.1f);

        // m = .9*.1 - .2 = -.11, corrected by .19; v = .999*.001 + .004 = .004999, corrected by .001999
        double second = 0.1 * (-0.11 / 0.19) / Math.sqrt(0.004999 / 0.001999);
        assertThat((double) weights[0]).isCloseTo(-0.1 - second, within(1e-5));
    }

    @Test
    void onlyWhatDecaysDecaysAndApartFromTheGradient() {
        float[] weights = {2, 2};
        AdamW optimizer = new AdamW(new float[2], new float[2], new boolean[] {true, false}, /* decay= */ 0.5f);

        optimizer.update(weights, new float[] {0, 0}, 1, 0.1f);

        assertThat(weights).containsExactly(new float[] {1.9f, 2}, within(1e-6f));
    }

    @Test
    void longGradientsAreScaledToTheLimitAndShortOnesLeftAlone() {
        float[] longOne = {3, 4};
        float[] shortOne = {0.3f, 0.4f};

        assertThat(AdamW.clip(longOne, 1)).isEqualTo(5);
        assertThat(AdamW.clip(shortOne, 1)).isCloseTo(0.5f, within(1e-6f));

        assertThat(longOne).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
        assertThat(shortOne).containsExactly(0.3f, 0.4f);
    }

    @Test
    void theRateRisesToItsPeakAndFallsAlongACosine() {
        CosineSchedule schedule = new CosineSchedule(/* peak= */ 1, /* steps= */ 110, /* warmUp= */ 10);

        assertThat(schedule.at(1)).isCloseTo(0.1f, within(1e-6f));
        assertThat(schedule.at(10)).isEqualTo(1);
        assertThat(schedule.at(60)).isCloseTo(0.505f, within(1e-6f));
        assertThat(schedule.at(110)).isCloseTo(0.01f, within(1e-6f));
    }
}
