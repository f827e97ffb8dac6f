package dev.framewise.operators.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.operators.inference.MicroBatcher;
import dev.framewise.operators.inference.TestingSession;
import dev.framewise.operators.tracking.FrameTracking;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far event time has come when it is a frame's turn shows in no row, also where the tracks choose the frames. */
class PerceptionFlowTimeTest {
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration BUDGET = Duration.ofMillis(20);

    /**
     * Where the network has a thread of its own, a camera's frames stand in its lane when the input has ended: the first of them then
     * set a timer before the beginning of time, and the next watermark that came to its turn ended the tracks in the middle.
     */
    @Test
    void theEndOfTheInputEndsNoTracksOfFramesThatStillWait() {
        Run prompt = new Run();
        for (int sequence = 0; sequence < 10; sequence++) {
            prompt.frame(sequence);
            prompt.flow.flush();
        }
        prompt.watermark(Long.MAX_VALUE);

        Run lagging = new Run();
        lagging.frame(0);
        lagging.watermark(50);
        for (int sequence = 1; sequence < 10; sequence++) {
            lagging.frame(sequence);
        }
        lagging.watermark(Long.MAX_VALUE);
        lagging.flow.flush();
        assertThat(lagging.host.rows).isEqualTo(prompt.host.rows);
        assertThat(prompt.host.rows)
                .hasSize(11)
                .last()
                .extracting(TrackRow::getKind)
                .isEqualTo(RowKind.CLOSING);
    }

    /** The choice about the first frame after a silence rested on tracks that a timer had ended, or had not yet. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theFirstFrameAfterASilenceIsChosenTheSameWhetherOrNotATimerEndedTheTracks(int framesBefore) {
        Run byTimer = new Run();
        Run byFrame = new Run();
        for (Run run : List.of(byTimer, byFrame)) {
            for (int sequence = 0; sequence < framesBefore; sequence++) {
                run.frame(sequence);
            }
            run.flow.flush();
        }
        byTimer.watermark(framesBefore * 100L + SILENCE.toMillis());
        assertThat(byTimer.host.rows).last().extracting(TrackRow::getKind).isEqualTo(RowKind.CLOSING);
        for (Run run : List.of(byTimer, byFrame)) {
            for (int sequence = 400; sequence < 405; sequence++) {
                run.frame(sequence);
            }
            run.flow.flush();
        }
        assertThat(byTimer.host.rows).isEqualTo(byFrame.host.rows).hasSize(framesBefore + 6);
    }

    @Test
    void tracksThatAFrameEndedBeforeItProvedUnreadableEndOnce() {
        Run run = new Run();
        run.frame(0);
        run.flow.flush();
        // its picture is corrupt
        run.frame(400 + 0xFF - 400 % 0x100);
        run.flow.flush();
        run.watermark(Long.MAX_VALUE);
        assertThat(run.host.rows).extracting(TrackRow::getKind).containsExactly(RowKind.FRAME, RowKind.CLOSING);
    }

    /** One camera whose batches wait for company; its cadence needs the tracks. */
    private static final class Run {
        final TestingHost host = new TestingHost();
        final WatermarkGate gate = new WatermarkGate();
        final FrameTracking tracking = new FrameTracking(
                () -> new ByteTracker(ByteTrackOptions.defaults()), TestingCadence::new, SILENCE, host);
        final PerceptionFlow flow = new PerceptionFlow(
                new MicroBatcher(new TestingSession(/* slots= */ 4), BUDGET, () -> 0, (frames, wait, run) -> {}),
                tracking,
                host,
                gate,
                new FlowLimits(BUDGET, /* maxFrames= */ 100, /* maxBytes= */ 1_000));

        void frame(long sequence) {
            FrameTask task = TestingFrames.task(TestingFrames.sent("door", sequence));
            task.cost.model = "testing";
            task.cost.precision = "fp32";
            task.cost.provider = "cpu";
            flow.accept(task, task.record.capturedAtMicros / 1_000);
        }

        void watermark(long millis) {
            host.arrived(millis);
            gate.arrive(() -> host.fire(millis, tracking));
        }
    }
}
