package dev.framewise.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrendTest {
    private final Trend trend = new Trend();

    @Test
    void oneOddReadingMovesNothing() {
        for (int i = 0; i < 12; i++) {
            trend.add(i == 1 || i == 11 ? 1_000 : 10);
        }
        assertThat(trend.first()).isEqualTo(10);
        assertThat(trend.last()).isEqualTo(10);
    }

    @Test
    void aLeakIsSeen() {
        for (int i = 0; i < 8; i++) {
            trend.add(100 + i);
        }
        assertThat(trend.first()).isEqualTo(100.5);
        assertThat(trend.last()).isEqualTo(106.5);
    }

    @Test
    void fewReadingsAreComparedOneByOne() {
        trend.add(3);
        assertThat(trend.first()).isEqualTo(3);
        trend.add(5);
        assertThat(trend.last()).isEqualTo(5);
        assertThatThrownBy(new Trend()::first).hasMessage("no readings");
    }
}
