package dev.framewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Rounds rounds = new Rounds();

    @Test
    void medianIgnoresOneRoundThatWentWrong() {
        for (double value : new double[] {3, 1000, 1, 2, 2.5}) {
            rounds.add("b", value);
        }
        rounds.add("a", 1);
        assertThat(rounds.median("b")).isEqualTo(2.5);
        assertThat(rounds.names()).containsExactly("b", "a");
    }

    @Test
    void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        for (double value : new double[] {8, 2, 4, 1}) {
            rounds.add("a", value);
        }
        assertThat(rounds.median("a")).isEqualTo(3);
    }

    @Test
    void whatNobodyMeasuredHasNoMedian() {
        rounds.add("a", 1);
        assertThatThrownBy(() -> rounds.median("b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no round measured b; there are [a]");
    }
}
