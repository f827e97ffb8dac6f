package dev.framewise.operators.perception;

import static dev.framewise.operators.perception.TestingPerception.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.framewise.operators.frame.FrameRecord;
import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.Lane;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.TrackBox;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames of an outage beside the live ones of the same camera. */
class PerceptionBacklogTest {
    private static final long SILENCE_MILLIS = TestingPerception.SILENCE.toMillis();
    private static final TestingPerception PERCEPTION = new TestingPerception(
            () -> new ByteTracker(ByteTrackOptions.defaults()), /* interval= */ 2, sequence -> true);

    @Test
    void eachLaneHasTracksAndIdsOfItsOwn() throws Exception {
        try (var harness = PERCEPTION.open()) {
            seen(harness, "door", 0);
            for (int i = 0; i < 4; i++) {
                seen(harness, "door", 100 + i);
                backlog(harness, 50 + i);
            }
            end(harness);
            seen(harness, "door", 104);
            List<TrackRow> rows = harness.extractOutputValues();
            assertThat(of(rows, /* backlog= */ false))
                    .extracting(TrackRow::getSequence)
                    .containsExactly(0L, 100L, 101L, 102L, 103L, 104L);
            assertThat(of(rows, /* backlog= */ true))
                    .extracting(TrackRow::getSequence, TrackRow::getKind)
                    .containsExactly(
                            tuple(50L, RowKind.FRAME),
                            tuple(51L, RowKind.FRAME),
                            tuple(52L, RowKind.FRAME),
                            tuple(53L, RowKind.FRAME),
                            tuple(53L, RowKind.CLOSING));
            assertThat(of(rows, true))
                    .flatExtracting(TrackRow::getBoxes)
                    .hasSize(4)
                    .allSatisfy(box -> assertThat(box.getTrackId()).isEqualTo(-1));
            assertThat(of(rows, true).get(0).getStarted()).containsExactly(-1L);
            assertThat(of(rows, true).get(4).getEnded()).containsExactly(-1L);
            assertThat(of(rows, false))
                    .flatExtracting(TrackRow::getBoxes)
                    .extracting(TrackBox::getTrackId)
                    .allSatisfy(id -> assertThat(id).isPositive());
            assertThat(harness.getSideOutput(PerceptionOperator.FATES)).hasSize(10);
            assertThat(harness.getSideOutput(PerceptionOperator.SAMPLES))
                    .extracting(record -> record.getValue())
                    .filteredOn(InferenceSample::getBacklog)
                    .hasSize(4);
        }
    }

    @Test
    void theNextBacklogBeginsAfreshWithIdsThatWereNeverUsed() throws Exception {
        List<TestingTracker> made = new ArrayList<>();
        TestingPerception perception = new TestingPerception(
                () -> {
                    TestingTracker tracker = new TestingTracker();
                    made.add(tracker);
                    return tracker;
                },
                /* interval= */ 2,
                sequence -> true);
        OperatorSubtaskState state;
        try (var harness = perception.open()) {
            backlog(harness, 50);
            backlog(harness, 51);
            end(harness);
            assertThat(made).singleElement().satisfies(tracker -> assertThat(tracker.released)
                    .as("native memory is given back where the lane ends")
                    .isEqualTo(1));
            state = harness.snapshot(1, 1);
        }
        assertThat(made.get(0).released).isEqualTo(1);
        try (var harness = perception.open(state, /* parallelism= */ 1, /* subtask= */ 0)) {
            backlog(harness, 151);
            backlog(harness, 152);
            assertThat(harness.extractOutputValues())
                    .flatExtracting(TrackRow::getBoxes)
                    .extracting(TrackBox::getTrackId)
                    .isNotEmpty()
                    .containsOnly(-2L);
            assertThat(harness.extractOutputValues().get(0).getDecision()).isEqualTo("INTERVAL");
        }
    }

    /** However far event time is ahead, and in whatever strides it goes. */
    @Test
    void whileLiveFramesGoOnNoTimerEndsTheBacklogsTracks() throws Exception {
        try (var harness = PERCEPTION.open()) {
            for (int i = 0; i < 5; i++) {
                seen(harness, "door", 10_000 + 250 * i);
                backlog(harness, 50 + i);
                harness.processWatermark(1_000_000 + 25_000 * i);
                harness.processWatermark(1_000_000 + 25_000 * i + 4_000);
            }
            assertThat(of(harness.extractOutputValues(), true))
                    .extracting(TrackRow::getKind)
                    .containsOnly(RowKind.FRAME);
            harness.processWatermark(1_100_000 + 3 * SILENCE_MILLIS);
            assertThat(of(harness.extractOutputValues(), true))
                    .last()
                    .extracting(TrackRow::getKind)
                    .isEqualTo(RowKind.CLOSING);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theEndOfTheInputEndsTheTracksOfBothLanesOnce() throws Exception {
        try (var harness = PERCEPTION.open()) {
            seen(harness, "door", 100);
            backlog(harness, 50);
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(harness.extractOutputValues())
                    .extracting(TrackRow::getKind, TrackRow::getBacklog)
                    .containsExactly(
                            tuple(RowKind.FRAME, false),
                            tuple(RowKind.FRAME, true),
                            tuple(RowKind.CLOSING, false),
                            tuple(RowKind.CLOSING, true));
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9, 10})
    void restoredInTheMiddleTheRowsAreThoseOfAnUndisturbedRun(int cut) throws Exception {
        List<TrackRow> undisturbed;
        try (var harness = PERCEPTION.open()) {
            steps(harness, 0, 12);
            undisturbed = List.copyOf(harness.extractOutputValues());
        }
        List<TrackRow> disturbed = new ArrayList<>();
        OperatorSubtaskState state;
        try (var harness = PERCEPTION.open()) {
            steps(harness, 0, cut);
            disturbed.addAll(harness.extractOutputValues());
            state = harness.snapshot(1, 1);
        }
        try (var harness = PERCEPTION.open(state, /* parallelism= */ 1, /* subtask= */ 0)) {
            steps(harness, cut, 12);
            disturbed.addAll(harness.extractOutputValues());
        }
        assertThat(disturbed).isEqualTo(undisturbed);
        assertThat(of(undisturbed, true)).hasSize(11);
    }

    /** A live frame and one of the backlog a step; the backlog has caught up after ten. */
    private static void steps(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness, int from, int to)
            throws Exception {
        for (int step = from; step < to; step++) {
            seen(harness, "door", 100 + step);
            if (step < 10) {
                backlog(harness, 50 + step);
            } else if (step == 10) {
                end(harness);
            }
        }
    }

    private static List<TrackRow> of(List<TrackRow> rows, boolean backlog) {
        return rows.stream().filter(row -> row.getBacklog() == backlog).toList();
    }

    private static void backlog(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness, long sequence)
            throws Exception {
        FrameTask task = TestingFrames.task(TestingFrames.replayed("door", /* bootEpoch= */ 1, sequence));
        task.lane = Lane.BACKLOG;
        harness.processElement(task, sequence * 100);
    }

    private static void end(KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness)
            throws Exception {
        FrameTask task = new FrameTask();
        task.record = new FrameRecord();
        task.record.device = "pi-door";
        task.record.camera = "door";
        task.lane = Lane.BACKLOG;
        task.endsLane = true;
        harness.processElement(task, 20_000);
    }
}
