package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FixedCadenceTest {
    /** What version 1 wrote of a camera whose last key frame was in interval 2. */
    private static final String VERSION_1 = "010000000000000002";

    private static final TrackSignals SIGNALS = new TrackSignals();

    @Test
    void everyNthFrameIsAKeyFrame() {
        assertThat(keyFrames(new FixedCadence(/* interval= */ 3, /* phase= */ 0), LongStream.range(0, 9)))
                .containsExactly(0L, 3L, 6L);
    }

    @Test
    void thePhaseIsTheFirstKeyFrame() {
        assertThat(keyFrames(new FixedCadence(/* interval= */ 3, /* phase= */ 2), LongStream.range(0, 9)))
                .containsExactly(2L, 5L, 8L);
    }

    @Test
    void intervalsOfGatewayAndJobDoNotMultiply() {
        LongStream sentByTheGateway = LongStream.range(0, 12).filter(frame -> frame % 3 == 1);
        assertThat(keyFrames(new FixedCadence(/* interval= */ 3, /* phase= */ 0), sentByTheGateway))
                .containsExactly(1L, 4L, 7L, 10L);
    }

    /** Frame 3 has lost its picture, 6 came too late to be used, and from 12 on the gateway sends other ones. */
    @Test
    void aKeyFrameThatIsLostOrLateCostsItsOwnIntervalOnly() {
        LongStream withPicture = LongStream.of(0, 9, 13, 16, 19);
        assertThat(keyFrames(new FixedCadence(/* interval= */ 3, /* phase= */ 0), withPicture))
                .containsExactly(0L, 9L, 13L, 16L, 19L);
    }

    @Test
    void aRebootBeginsWithAKeyFrame() {
        FixedCadence cadence = new FixedCadence(/* interval= */ 3, /* phase= */ 0);
        keyFrames(cadence, LongStream.range(0, 9));
        cadence.reset();
        assertThat(keyFrames(cadence, LongStream.range(0, 5))).containsExactly(0L, 3L);
    }

    @Test
    void theReasonIsTold() {
        FixedCadence cadence = new FixedCadence(/* interval= */ 2, /* phase= */ 0);
        assertThat(cadence.next(TrackedFrame.of(0), SIGNALS)).isEqualTo(LookReason.INTERVAL);
        assertThat(cadence.next(TrackedFrame.of(1), SIGNALS)).isEqualTo(LookReason.NOT_NEEDED);
    }

    @Test
    void bytesOfVersion1AreReadForEver() {
        FixedCadence cadence = new FixedCadence(/* interval= */ 3, /* phase= */ 0);
        cadence.restore(HexFormat.of().parseHex(VERSION_1));
        assertThat(cadence.snapshot()).isEqualTo(HexFormat.of().parseHex(VERSION_1));
        assertThat(keyFrames(cadence, LongStream.range(7, 12))).containsExactly(9L);
    }

    @Test
    void otherBytesAreRefusedInWords() {
        FixedCadence cadence = new FixedCadence(1, 0);
        for (String other : List.of("", "02" + VERSION_1.substring(2), VERSION_1 + "00")) {
            assertThatThrownBy(() -> cadence.restore(HexFormat.of().parseHex(other)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another kind of cadence");
        }
    }

    @Test
    void badIntervalsAreRefused() {
        assertThatThrownBy(() -> new FixedCadence(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FixedCadence(3, 3)).hasMessageContaining("phase 3");
    }

    private static List<Long> keyFrames(FixedCadence cadence, LongStream frames) {
        List<Long> keys = new ArrayList<>();
        frames.forEach(frame -> {
            if (cadence.next(TrackedFrame.of(frame), SIGNALS).looks()) {
                keys.add(frame);
            }
        });
        return keys;
    }
}
