package dev.framewise.toolkit.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GridTargetsTest {
    private final GridTargets targets = new GridTargets(/* batch= */ 2, /* width= */ 64, /* height= */ 48);

    @BeforeEach
    void clear() {
        targets.clear();
    }

    private int cell(int picture, int x, int y) {
        return picture * targets.rows * targets.columns + y * targets.columns + x;
    }

    private float box(int picture, int value, int x, int y) {
        int cells = targets.rows * targets.columns;
        return targets.boxes[(4 * picture + value) * cells + y * targets.columns + x];
    }

    @Test
    void theCellOfTheCentreHasTheScoreAndTheBoxInCells() {
        targets.add(/* picture= */ 1, 20, 8, 36, 40, 0.8f);

        assertThat(targets.scores[cell(1, 3, 3)]).isCloseTo(0.8f, within(1e-6f));
        assertThat(box(1, 0, 3, 3)).isEqualTo(3.5f);
        assertThat(box(1, 1, 3, 3)).isEqualTo(3);
        assertThat(box(1, 2, 3, 3)).isEqualTo(2);
        assertThat(box(1, 3, 3, 3)).isEqualTo(4);
        assertThat(targets.scores[cell(0, 3, 3)]).isZero();
    }

    @Test
    void scoresFallAroundTheCentreAndFasterAcrossAStandingBox() {
        targets.add(0, 20, 0, 36, 48, 1);

        float centre = targets.scores[cell(0, 3, 3)];
        float beside = targets.scores[cell(0, 4, 3)];
        float below = targets.scores[cell(0, 3, 4)];
        assertThat(centre).isEqualTo(1);
        assertThat(beside).isLessThan(below).isPositive();
        assertThat(below).isLessThan(1);
    }

    @Test
    void theSurerOfTwoBoxesOwnsACell() {
        targets.add(0, 16, 16, 32, 32, 0.9f);
        targets.add(0, 18, 18, 30, 30, 0.4f);

        assertThat(targets.scores[cell(0, 3, 3)]).isCloseTo(0.9f, within(1e-6f));
        assertThat(box(0, 2, 3, 3)).isEqualTo(2);
    }

    @Test
    void aBoxWhoseCentreIsOutsideLeavesNoTrace() {
        targets.add(0, -40, 0, -10, 20, 1);

        assertThat(targets.scores).containsOnly(0);
        assertThat(targets.weights).containsOnly(0);
    }
}
