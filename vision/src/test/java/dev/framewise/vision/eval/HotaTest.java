package dev.framewise.vision.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Small enough to be worked out by hand. */
class HotaTest {
    @Test
    void perfectTracksScoreOne() {
        Hota hota =
                Hota.of(sequence(TestingRows.still(/* id= */ 1, 0, 1, 4), TestingRows.still(/* id= */ 9, 0, 1, 4), 4));
        assertThat(hota.hota()).isEqualTo(1);
        assertThat(hota.detA()).isEqualTo(1);
        assertThat(hota.assA()).isEqualTo(1);
        assertThat(hota.locA()).isEqualTo(1);
    }

    /** Each of the four boxes shares its two identities with two of four: AssA = 2 / (2 + 2) = 1/2. */
    @Test
    void aTrackBrokenInHalvesLosesHalfItsAssociation() {
        List<MotRow> broken =
                TestingRows.join(TestingRows.still(/* id= */ 1, 0, 1, 2), TestingRows.still(/* id= */ 2, 0, 3, 4));
        Hota hota = Hota.of(sequence(TestingRows.still(/* id= */ 1, 0, 1, 4), broken, 4));
        assertThat(hota.detA()).isEqualTo(1);
        assertThat(hota.assA()).isCloseTo(0.5, within(1e-12));
        assertThat(hota.hota()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    }

    /** 10 x 10 boxes 2 apart overlap by 80 / 120: they match at the 13 thresholds up to 0.65 and at 6 not. */
    @Test
    void aShiftedTrackMatchesUpToItsOverlap() {
        Hota hota =
                Hota.of(sequence(TestingRows.still(/* id= */ 1, 0, 1, 4), TestingRows.still(/* id= */ 1, 2, 1, 4), 4));
        assertThat(hota.detA()).isCloseTo(13.0 / 19, within(1e-12));
        assertThat(hota.hota()).isCloseTo(13.0 / 19, within(1e-12));
        assertThat(hota.locA()).isCloseTo((13 * 2.0 / 3 + 6) / 19, within(1e-12));
    }

    /** Two of four annotated boxes found, and two boxes beside them: DetA = 2 / (2 + 2 + 2). */
    @Test
    void missesAndFalseTracksCountAlike() {
        List<MotRow> tracks =
                TestingRows.join(TestingRows.still(/* id= */ 1, 0, 1, 2), TestingRows.still(/* id= */ 2, 500, 3, 4));
        Hota hota = Hota.of(sequence(TestingRows.still(/* id= */ 1, 0, 1, 4), tracks, 4));
        assertThat(hota.detA()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(hota.assA()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void nothingOnEitherSideIsNoError() {
        List<MotRow> some = TestingRows.still(/* id= */ 1, 0, 1, 4);
        assertThat(Hota.of(sequence(some, List.of(), 4)).hota()).isZero();
        assertThat(Hota.of(sequence(List.of(), some, 4)).hota()).isZero();
        assertThat(Hota.of(sequence(List.of(), List.of(), 4)).locA()).isEqualTo(1);
    }

    /** One perfect sequence of 4 boxes and one of 4 boxes that nobody found: half the boxes, all associations. */
    @Test
    void combinedSequencesAddTheirBoxes() {
        List<MotRow> four = TestingRows.still(/* id= */ 1, 0, 1, 4);
        Hota combined = Hota.combine(List.of(Hota.of(sequence(four, four, 4)), Hota.of(sequence(four, List.of(), 4))));
        assertThat(combined.detA()).isEqualTo(0.5);
        assertThat(combined.assA()).isEqualTo(1);
    }

    private static Sequence sequence(List<MotRow> annotations, List<MotRow> tracks, int frames) {
        return Sequence.of(annotations, tracks, frames);
    }
}
