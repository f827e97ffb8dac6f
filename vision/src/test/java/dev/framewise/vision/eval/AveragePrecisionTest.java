package dev.framewise.vision.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {
    private static final List<MotRow> TWO =
            TestingRows.join(TestingRows.still(/* id= */ 1, 0, 1, 1), TestingRows.still(/* id= */ 2, 100, 1, 1));

    /** Found, false, found: precision 1 up to recall 1/2 and 2/3 from there on. */
    @Test
    void isTheAreaUnderPrecisionOverRecall() {
        List<MotRow> detections = List.of(
                TestingRows.row(1, -1, 0, 0.9), TestingRows.row(1, -1, 50, 0.8), TestingRows.row(1, -1, 100, 0.7));
        assertThat(AveragePrecision.ap50(TWO, detections)).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
    }

    @Test
    void aSecondDetectionOfAnObjectIsFalse() {
        List<MotRow> detections = List.of(
                TestingRows.row(1, -1, 0, 0.9), TestingRows.row(1, -1, 1, 0.8), TestingRows.row(1, -1, 100, 0.7));
        assertThat(AveragePrecision.ap50(TWO, detections)).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
    }

    @Test
    void anObjectMarkedZeroIsNeitherMissedNorFalse() {
        List<MotRow> annotations = List.of(TestingRows.row(1, 1, 0, 1), TestingRows.row(1, 2, 100, 0));
        assertThat(AveragePrecision.ap50(annotations, List.of(TestingRows.row(1, -1, 0, 0.5))))
                .isEqualTo(1);
        assertThat(AveragePrecision.ap50(
                        annotations, List.of(TestingRows.row(1, -1, 100, 0.9), TestingRows.row(1, -1, 0, 0.5))))
                .isEqualTo(1);
    }

    /** Boxes 2 apart overlap by 2/3: found at 0.5, 0.55, 0.6 and 0.65 of the ten overlaps. */
    @Test
    void theMeanOverOverlapsAsksForTightBoxes() {
        List<MotRow> one = List.of(TestingRows.row(1, 1, 0, 1));
        assertThat(AveragePrecision.ap50To95(one, List.of(TestingRows.row(1, -1, 2, 0.9))))
                .isCloseTo(0.4, within(1e-12));
    }

    @Test
    void nothingToFindOrNothingFoundIsZero() {
        assertThat(AveragePrecision.ap50(List.of(), TWO)).isZero();
        assertThat(AveragePrecision.ap50(TWO, List.of())).isZero();
    }

    @Test
    void yoloxNanoReachesItsReferenceOnPets() throws IOException {
        assertThat(AveragePrecision.ap50(
                        TestingSequences.annotations("PETS09-S2L1"), TestingSequences.yoloxNanoOnPets()))
                .isCloseTo(0.900, within(0.002));
    }
}
