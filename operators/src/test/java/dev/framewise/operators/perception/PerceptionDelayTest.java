package dev.framewise.operators.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.operators.inference.TestingSession;
import dev.framewise.operators.tracking.TrackerFactory;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.Provenance;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.TrackBox;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.FixedCadence;
import dev.framewise.vision.track.Tracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short delay in Flink's harness: rows of skipped frames wait for the next key frame, also in a checkpoint. */
class PerceptionDelayTest {
    private static final List<String> CAMERAS = List.of("door", "yard", "gate");
    private static final int INTERVAL = 3;
    private static final int FRAMES = 20;
    private static final int MAX_PARALLELISM = 16;

    @Test
    void skippedFramesAreFilledInBetweenTheKeyFramesAndEveryFrameMeetsOneFate() throws Exception {
        try (var harness = harness(/* delayFrames= */ 5, 1, 0)) {
            harness.open();
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
        try (var harness = harness(/* delayFrames= */ 5, 1, 0)) {
            harness.open();
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
        Map<String, List<TrackRow>> undisturbed;
        try (var harness = harness(5, 1, 0)) {
            harness.open();
            run(harness, CAMERAS, 0, FRAMES);
            undisturbed = byCamera(harness.extractOutputValues());
        }
        assertThat(undisturbed.get("door"))
                .flatExtracting(TrackRow::getBoxes)
                .extracting(TrackBox::getProvenance)
                .contains(Provenance.INTERPOLATED);

        List<TrackRow> disturbed = new ArrayList<>();
        OperatorSubtaskState one;
        try (var harness = harness(5, 1, 0)) {
            harness.open();
            run(harness, CAMERAS, 0, cut);
            disturbed.addAll(harness.extractOutputValues());
            one = harness.snapshot(1, 1);
            // What comes behind the checkpoint is lost with the process.
            run(harness, CAMERAS, cut, cut + 2);
        }
        List<OperatorSubtaskState> two = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = harness(5, 2, subtask)) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        one, MAX_PARALLELISM, 1, 2, subtask));
                harness.open();
                run(harness, ofSubtask(subtask), cut, cut + 4);
                disturbed.addAll(harness.extractOutputValues());
                two.add(harness.snapshot(2, 2));
            }
        }
        try (var harness = harness(5, 1, 0)) {
            harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    AbstractStreamOperatorTestHarness.repackageState(two.toArray(OperatorSubtaskState[]::new)),
                    MAX_PARALLELISM,
                    2,
                    1,
                    0));
            harness.open();
            run(harness, CAMERAS, cut + 4, FRAMES);
            disturbed.addAll(harness.extractOutputValues());
        }
        assertThat(byCamera(disturbed)).isEqualTo(undisturbed);
    }

    @Test
    void aJobThatHasNoDelayAnyMoreLetsGoWhatWaited() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(5, 1, 0)) {
            harness.open();
            run(harness, CAMERAS, 0, 3);
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness(/* delayFrames= */ 0, 1, 0)) {
            harness.initializeState(state);
            harness.open();
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

    private static List<String> ofSubtask(int subtask) {
        return CAMERAS.stream()
                .filter(camera -> org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                camera, MAX_PARALLELISM, 2)
                        == subtask)
                .toList();
    }

    private static void run(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness,
            List<String> cameras,
            int from,
            int to)
            throws Exception {
        for (int sequence = from; sequence < to; sequence++) {
            for (String camera : cameras) {
                seen(harness, camera, sequence);
            }
        }
    }

    private static void seen(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness, String camera, long sequence)
            throws Exception {
        harness.processElement(TestingFrames.task(TestingFrames.sent(camera, sequence)), sequence * 100);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness(
            int delayFrames, int parallelism, int subtask) throws Exception {
        PerceptionOperator operator = new PerceptionOperator(
                () -> new TestingSession(/* slots= */ 1),
                new Delayed(delayFrames),
                () -> new FixedCadence(INTERVAL, /* phase= */ 0),
                Duration.ofSeconds(30),
                new FlowLimits(Duration.ZERO, /* maxFrames= */ 100, /* maxBytes= */ 1_000),
                Overlap.NEVER);
        return new KeyedOneInputStreamOperatorTestHarness<>(
                operator, task -> task.record.camera, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
    }

    private record Delayed(int delayFrames) implements TrackerFactory {
        @Override
        public Tracker create() {
            return new ByteTracker(ByteTrackOptions.defaults());
        }
    }
}
