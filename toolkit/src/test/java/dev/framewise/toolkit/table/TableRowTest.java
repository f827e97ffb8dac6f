package dev.framewise.toolkit.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableRowTest {
    private static TableRow row(Promise promise, long bytes, double millis, double accuracy) {
        return new TableRow(promise, "some network", 1000, bytes, 10, millis, "right", 0.9, accuracy);
    }

    @Test
    void aPromiseHoldsWhereEveryFigureOfItDoes() {
        assertThat(row(Promise.INT8, 250, 5, 0.891).verdict()).isEqualTo("holds");
        assertThat(row(Promise.INT8, 300, 5, 0.891).verdict()).isEqualTo("does not hold: size");
        assertThat(row(Promise.INT8, 300, 6, 0.87).verdict()).isEqualTo("does not hold: size, speed, accuracy");
        assertThat(row(Promise.TOGETHER, 90, 1.2, 0.86).verdict()).isEqualTo("holds");
    }

    @Test
    void figuresAreRoundedAsThePromisesAre() {
        assertThat(row(Promise.FP16, 505, 6.6, 0.9).verdict()).isEqualTo("holds");
        assertThat(row(Promise.FP16, 520, 6.6, 0.9).verdict()).isEqualTo("does not hold: size");
    }

    @Test
    void whatIsNotPromisedCannotBeBroken() {
        assertThat(row(Promise.DISTILLATION, 100, 20, 0.1).verdict()).isEqualTo("holds");
        assertThat(row(Promise.DISTILLATION, 400, 1, 0.9).verdict()).isEqualTo("does not hold: size");
    }

    @Test
    void moreAccuracyThanBeforeIsNothingLost() {
        assertThat(row(Promise.PRUNING, 500, 5, 0.95).lost()).isNegative();
        assertThat(row(Promise.PRUNING, 500, 5, 0.95).verdict()).isEqualTo("holds");
    }
}
