package dev.framewise.operators.perception;

import static dev.framewise.operators.perception.TestingPerception.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.operators.tracking.TrackerFactory;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.Provenance;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.TrackBox;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.Tracker;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short delay in Flink's harness: rows of skipped frames wait for the next key frame, also in a checkpoint. */
class PerceptionDelayTest {
    private static final List<String> CAMERAS = List.of("door", "yard", "gate");
    private static final int INTERVAL = 3;
    private static final int FRAMES = 20;

    @Test
    void skippedFramesAreFilledInBetweenTheKeyFramesAndEveryFrameMeetsOneFate() throws Exception {
        try (var harness = delayed(5).open()) {
            for (int sequence = 0; sequence <= 4; sequence++) {
                seen(harness, "door", sequence);
            }
            assertThat(harness.extractOutputValues())
                    .as("frame 4 waits")
                    .extracting(TrackRow::getSequence)
                    .containsExactly(0L, 1L, 2L, 3L);
            assertThat(harness.extractOutputValues())
                    .extracting(TrackRow::getFate)
                    .containsExactly(Fate.INFERRED, Fate.INTERPOLATED, Fate.INTERPOLATED, Fate.INFERRED);
            assertThat(harness.getOutput())
                    .extracting(row -> ((StreamRecord<?>) row).getTimestamp())
                    .containsExactly(0L, 100L, 200L, 300L);
            TrackBox between = harness.extractOutputValues().get(2).getBoxes().get(0);
            assertThat(between.getProvenance()).isEqualTo(Provenance.INTERPOLATED);
            TrackBox key = harness.extractOutputValues().get(3).getBoxes().get(0);
            assertThat(between.getX()).isBetween(0f, key.getX());

            harness.processWatermark(Long.MAX_VALUE);
            assertThat(harness.extractOutputValues())
                    .as("it goes as it is before its tracks end")
                    .extracting(TrackRow::getKind, TrackRow::getFate)
                    .endsWith(
                            org.assertj.core.groups.Tuple.tuple(RowKind.FRAME, Fate.PREDICTED),
                            org.assertj.core.groups.Tuple.tuple(RowKind.CLOSING, null));
            assertThat(harness.getSideOutput(PerceptionOperator.FATES))
                    .extracting(record -> record.getValue().fate)
                    .containsExactly(
                            Fate.INFERRED, Fate.INTERPOLATED, Fate.INTERPOLATED, Fate.INFERRED, Fate.PREDICTED);
            assertThat(harness.getSideOutput(PerceptionOperator.FATES))
                    .allSatisfy(record ->
                            assertThat(record.getValue().newlyCaptured).isEqualTo(1));
        }
    }

    @Test
    void aRebootLetsTheRowsOfTheEpochBeforeGo() throws Exception {
        try (var harness = delayed(5).open()) {
            seen(harness, "door", 0);
            seen(harness, "door", 1);
            FrameTask rebooted = TestingFrames.task(TestingFrames.sent("door", 0));
            rebooted.record.bootEpoch = 2;
            rebooted.rebooted = true;
            harness.processElement(rebooted, 200);
            assertThat(harness.extractOutputValues())
                    .extracting(TrackRow::getKind, TrackRow::getBootEpoch, TrackRow::getSequence)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(RowKind.FRAME, 1L, 0L),
                            org.assertj.core.groups.Tuple.tuple(RowKind.FRAME, 1L, 1L),
                            org.assertj.core.groups.Tuple.tuple(RowKind.CLOSING, 1L, 1L),
                            org.assertj.core.groups.Tuple.tuple(RowKind.FRAME, 2L, 0L));
        }
    }

    /** Wherever it is killed, and on how many subtasks it goes on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 11})
    void restoredAndRescaledTheRowsAreThoseOfAnUndisturbedRun(int cut) throws Exception {
        TestingPerception delayed = delayed(5);
        Map<String, List<TrackRow>> undisturbed = byCamera(delayed.undisturbed(CAMERAS, FRAMES));
        assertThat(undisturbed.get("door"))
                .flatExtracting(TrackRow::getBoxes)
                .extracting(TrackBox::getProvenance)
                .contains(Provenance.INTERPOLATED);

        List<TrackRow> disturbed = delayed.killedAndRescaled(CAMERAS, cut, /* second= */ cut + 4, FRAMES);
        assertThat(byCamera(disturbed)).isEqualTo(undisturbed);
    }

    @Test
    void aJobThatHasNoDelayAnyMoreLetsGoWhatWaited() throws Exception {
        OperatorSubtaskState state;
        try (var harness = delayed(5).open()) {
            delayed(5).run(harness, CAMERAS, 0, 3);
            state = harness.snapshot(1, 1);
        }
        try (var harness = delayed(0).open(state, /* parallelism= */ 1, /* subtask= */ 0)) {
            seen(harness, "door", 3);
            seen(harness, "door", 4);
            assertThat(harness.extractOutputValues())
                    .extracting(TrackRow::getSequence)
                    .containsExactly(1L, 2L, 3L, 4L);
        }
    }

    private static Map<String, List<TrackRow>> byCamera(List<TrackRow> rows) {
        return rows.stream().collect(Collectors.groupingBy(TrackRow::getCamera));
    }

    private static TestingPerception delayed(int delayFrames) {
        return new TestingPerception(new Delayed(delayFrames), INTERVAL, sequence -> true);
    }

    private record Delayed(int delayFrames) implements TrackerFactory {
        @Override
        public Tracker create() {
            return new ByteTracker(ByteTrackOptions.defaults());
        }
    }
}
