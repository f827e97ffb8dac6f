package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameAdmissionTest {
    private final CameraPosition position = new CameraPosition();
    private final MissingFrames missing = new MissingFrames();

    @Test
    void aSkippedFrameIsLeftToTheTracker() {
        FrameTask task = new FrameAdmission().admit(unsent(0, Disposition.SKIPPED), position, () -> missing);
        assertThat(task.fate).isNull();
        assertThat(task.hasPicture()).isFalse();
    }

    @Test
    void whatTheGatewayHeldBackHasItsFate() {
        FrameAdmission admission = new FrameAdmission();
        assertThat(admission.admit(unsent(0, Disposition.THROTTLED), position, () -> missing).fate)
                .isEqualTo(Fate.THROTTLED);
        assertThat(admission.admit(unsent(1, Disposition.EVICTED), position, () -> missing).fate)
                .isEqualTo(Fate.EVICTED);
    }

    @Test
    void aSequenceSeenTwiceIsADuplicateAndOneThatComesBehindIsLate() {
        FrameAdmission admission = new FrameAdmission();
        admission.admit(sent(0), position, () -> missing);
        admission.admit(sent(1), position, () -> missing);
        FrameTask gap = admission.admit(sent(4), position, () -> missing);
        assertThat(gap.newlyCaptured).isEqualTo(3);
        assertThat(admission.admit(sent(1), position, () -> missing).fate).isEqualTo(Fate.DUPLICATE);
        assertThat(admission.admit(sent(3), position, () -> missing).fate).isEqualTo(Fate.LATE);
        assertThat(admission.admit(sent(3), position, () -> missing).fate).isEqualTo(Fate.DUPLICATE);
        assertThat(admission.admit(sent(4), position, () -> missing).fate).isEqualTo(Fate.DUPLICATE);
        assertThat(admission.admit(sent(5), position, () -> missing).fate).isNull();
    }

    @Test
    void howeverFarBehindASequenceThatHasComeIsADuplicate() {
        FrameAdmission admission = new FrameAdmission();
        admission.admit(sent(0), position, () -> missing);
        admission.admit(sent(1_000), position, () -> missing);
        assertThat(admission.admit(sent(0), position, () -> missing).fate).isEqualTo(Fate.DUPLICATE);
        assertThat(admission.admit(sent(1), position, () -> missing).fate).isEqualTo(Fate.LATE);
        assertThat(admission.admit(sent(1), position, () -> missing).fate).isEqualTo(Fate.DUPLICATE);
    }

    @Test
    void aRebootStartsOverAndTheOldEpochIsLate() {
        FrameAdmission admission = new FrameAdmission();
        admission.admit(sent(0), position, () -> missing);
        admission.admit(sent(1), position, () -> missing);
        FrameRecord rebooted = sent(1);
        rebooted.bootEpoch = 2;
        FrameTask task = admission.admit(rebooted, position, () -> missing);
        assertThat(task.fate).isNull();
        assertThat(task.rebooted).isTrue();
        assertThat(task.newlyCaptured).as("0 and 1 of the new epoch").isEqualTo(2);
        assertThat(admission.admit(sent(2), position, () -> missing).fate).isEqualTo(Fate.LATE);
    }

    @Test
    void aJobThatJoinsInTheMiddleCountsFromThere() {
        FrameTask task = new FrameAdmission().admit(sent(1_000), position, () -> missing);
        assertThat(task.newlyCaptured).isEqualTo(1);
        assertThat(task.rebooted).isFalse();
    }

    @Test
    void aClockThatJumpsBackwardsCostsNoFrame() {
        FrameAdmission admission = new FrameAdmission();
        admission.admit(sent(0), position, () -> missing);
        FrameRecord earlier = sent(1);
        earlier.capturedAtMicros = 1;
        assertThat(admission.admit(earlier, position, () -> missing).hasPicture())
                .isTrue();
    }

    @Test
    void unusableFramesAreDeadLetteredWithTheReason() {
        FrameAdmission admission = new FrameAdmission();
        FrameRecord codec = sent(0);
        codec.codec = "h266";
        FrameRecord size = sent(1);
        size.height = 0;
        FrameRecord payload = sent(2);
        payload.payload = null;
        FrameRecord negative = sent(-5);
        FrameRecord named = sent(3);
        named.device = "x".repeat(FrameAdmission.MAX_NAME + 1);
        FrameRecord garbage = sent(-1);
        garbage.problem = "TRUNCATED";
        garbage.reason = "Frame: the record ends";
        assertDead(admission.admit(codec, position, () -> missing), "UNKNOWN_CODEC");
        assertDead(admission.admit(size, position, () -> missing), "ZERO_SIZE");
        assertDead(admission.admit(payload, position, () -> missing), "MISSING_PAYLOAD");
        assertDead(admission.admit(negative, position, () -> missing), "BAD_SEQUENCE");
        assertDead(admission.admit(named, position, () -> missing), "BAD_NAME");
        assertDead(admission.admit(garbage, position, () -> missing), "TRUNCATED");
    }

    /** Whatever comes in whatever order: captured sequences and fates other than duplicate agree. */
    @Test
    void fatesAddUpToWhatWasCaptured() {
        FrameAdmission admission = new FrameAdmission();
        java.util.Random random = new java.util.Random(/* seed= */ 3);
        List<Long> order = new ArrayList<>();
        for (long sequence = 0; sequence < 500; sequence++) {
            order.add(sequence);
            if (random.nextInt(5) == 0) {
                order.add(Math.max(0, sequence - random.nextInt(10)));
            }
        }
        for (int i = 1; i + 1 < order.size() - 10; i++) {
            if (random.nextInt(7) == 0) {
                java.util.Collections.swap(order, i, i + 1 + random.nextInt(8));
            }
        }
        long captured = 0;
        long fates = 0;
        for (long sequence : order) {
            FrameTask task = admission.admit(sent(sequence), position, () -> missing);
            captured += task.newlyCaptured;
            fates += task.fate == Fate.DUPLICATE ? 0 : 1;
        }
        assertThat(captured).isEqualTo(500);
        assertThat(fates).isEqualTo(500);
    }

    private static void assertDead(FrameTask task, String problem) {
        assertThat(task.fate).isEqualTo(Fate.DEAD_LETTERED);
        assertThat(task.hasPicture()).isFalse();
        assertThat(task.problem).isEqualTo(problem);
        assertThat(task.reason).isNotBlank();
    }

    private static FrameRecord sent(long sequence) {
        return TestingFrames.sent("door", sequence);
    }

    private static FrameRecord unsent(long sequence, Disposition disposition) {
        return TestingFrames.unsent("door", sequence, disposition);
    }
}
