package dev.framewise.vision.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** CLEAR and identity scores worked out by hand. */
class ClearTest {
    private static final List<MotRow> FOUR = TestingRows.still(/* id= */ 1, 0, 1, 4);

    /** One switch: MOTA = (4 - 1) / 4. Only one of the halves can be the identity: IDTP 2, IDFP 2, IDFN 2. */
    @Test
    void aBrokenTrackIsASwitch() {
        SequenceScores scores = SequenceScores.of(
                FOUR,
                TestingRows.join(TestingRows.still(/* id= */ 1, 0, 1, 2), TestingRows.still(/* id= */ 2, 0, 3, 4)),
                /* frames= */ 4);
        assertThat(scores.clear().identitySwitches()).isEqualTo(1);
        assertThat(scores.clear().mota()).isEqualTo(0.75);
        assertThat(scores.identity()).isEqualTo(new Identity(2, 2, 2));
        assertThat(scores.identity().idf1()).isEqualTo(0.5);
    }

    /** A second track comes nearer, but the identity matched before keeps its object while it overlaps by half. */
    @Test
    void anIdentityIsKeptRatherThanABetterOverlap() {
        Clear clear = Clear.of(Sequence.of(
                FOUR,
                TestingRows.join(TestingRows.still(/* id= */ 1, 3, 1, 4), TestingRows.still(/* id= */ 2, 0, 3, 4)),
                /* frames= */ 4));
        assertThat(clear.identitySwitches()).isZero();
        assertThat(clear.falsePositives()).isEqualTo(2);
        assertThat(clear.mota()).isEqualTo(0.5);
    }

    @Test
    void aMatchAfterAMissIsAFragment() {
        Clear clear = Clear.of(Sequence.of(
                TestingRows.join(FOUR, TestingRows.still(/* id= */ 2, 100, 1, 4)),
                TestingRows.join(
                        TestingRows.still(/* id= */ 1, 0, 1, 1),
                        TestingRows.still(/* id= */ 1, 0, 3, 4),
                        TestingRows.still(/* id= */ 2, 100, 1, 4)),
                /* frames= */ 4));
        assertThat(clear.fragments()).isEqualTo(1);
        assertThat(clear.identitySwitches()).isZero();
        assertThat(clear.falseNegatives()).isEqualTo(1);
    }

    /** 10 x 10 boxes 4 apart overlap by 60 / 140. */
    @Test
    void lessThanHalfAnOverlapIsNone() {
        SequenceScores scores = SequenceScores.of(FOUR, TestingRows.still(/* id= */ 1, 4, 1, 4), /* frames= */ 4);
        assertThat(scores.clear().mota()).isEqualTo(-1);
        assertThat(scores.identity().idf1()).isZero();
    }

    @Test
    void annotationsMarkedZeroAreNotLookedFor() {
        List<MotRow> annotations =
                TestingRows.join(FOUR, List.of(TestingRows.row(1, /* id= */ 2, 100, /* confidence= */ 0)));
        Clear clear = Clear.of(Sequence.of(annotations, FOUR, /* frames= */ 4));
        assertThat(clear.truthBoxes()).isEqualTo(4);
        assertThat(clear.mota()).isEqualTo(1);
    }

    @Test
    void combinedSequencesAddTheirCounts() {
        SequenceScores good = SequenceScores.of(FOUR, FOUR, /* frames= */ 4);
        SequenceScores none = SequenceScores.of(FOUR, List.of(), /* frames= */ 4);
        SequenceScores combined = SequenceScores.combine(List.of(good, none));
        assertThat(combined.clear().mota()).isEqualTo(0.5);
        assertThat(combined.identity().idf1()).isCloseTo(4 / (4 + 0.5 * 4), within(1e-12));
    }

    @Test
    void anIdTwiceInAFrameOrAFrameTooManyIsRefused() {
        assertThatThrownBy(() -> Sequence.of(FOUR, TestingRows.join(FOUR, FOUR), /* frames= */ 4))
                .isInstanceOf(MotFormatException.class)
                .hasMessage("tracks hold id 1 twice in frame 1");
        assertThatThrownBy(() -> Sequence.of(FOUR, FOUR, /* frames= */ 3))
                .isInstanceOf(MotFormatException.class)
                .hasMessage("annotations name frame 4 of a sequence of 3");
    }
}
