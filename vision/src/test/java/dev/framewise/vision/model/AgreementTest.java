package dev.framewise.vision.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.detect.Detections;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private final Agreement agreement = new Agreement();
    private final Detections old = new Detections();
    private final Detections candidate = new Detections();

    @Test
    void theSameBoxesAgree() {
        old.add(0, 0, 10, 10, 0.9f, 0);
        old.add(20, 0, 30, 10, 0.5f, 1);
        candidate.add(20, 0, 30, 10, 0.6f, 1);
        candidate.add(0, 0, 10, 10, 0.7f, 0);
        compare(2, 2, 2);
        assertThat(agreement.driftSum()).isCloseTo(0.3, within(1e-6));
    }

    @Test
    void anotherClassIsNoMatch() {
        old.add(0, 0, 10, 10, 0.9f, 0);
        candidate.add(0, 0, 10, 10, 0.9f, 1);
        compare(1, 1, 0);
    }

    @Test
    void halfOfTheUnionIsEnoughAndLessIsNot() {
        old.add(0, 0, 10, 10, 0.9f, 0);
        candidate.add(0, 0, 5, 10, 0.9f, 0);
        compare(1, 1, 1);
        candidate.clear();
        candidate.add(0, 0, 4.9f, 10, 0.9f, 0);
        compare(1, 1, 0);
    }

    @Test
    void oneBoxMatchesOneOtherTheBetterOne() {
        old.add(0, 0, 10, 10, 0.9f, 0);
        candidate.add(0, 0, 10, 9, 0.5f, 0);
        candidate.add(0, 0, 10, 10, 0.8f, 0);
        compare(1, 2, 1);
        assertThat(agreement.driftSum()).isCloseTo(0.1, within(1e-6));
    }

    @Test
    void whatScoresBelowTheWorkingThresholdDoesNotCount() {
        old.add(0, 0, 10, 10, 0.9f, 0);
        candidate.add(0, 0, 10, 10, 0.29f, 0);
        compare(1, 0, 0);
    }

    private void compare(int oldBoxes, int newBoxes, int matched) {
        agreement.compare(old, candidate);
        assertThat(agreement.oldBoxes()).isEqualTo(oldBoxes);
        assertThat(agreement.newBoxes()).isEqualTo(newBoxes);
        assertThat(agreement.matched()).isEqualTo(matched);
    }
}
