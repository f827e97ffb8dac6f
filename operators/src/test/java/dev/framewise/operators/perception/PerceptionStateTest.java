package dev.framewise.operators.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.operators.inference.TestingSession;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.Provenance;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.TrackBox;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.FixedCadence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What becomes of tracks in time: silence, reboots, restoring and rescaling. */
class PerceptionStateTest {
    private static final long SILENCE_MILLIS = 30_000;
    private static final int MAX_PARALLELISM = 16;

    @Test
    void aRowPerTrackedFrameSaysWhereItsBoxesComeFrom() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            seen(harness, "door", 0);
            skipped(harness, "door", 1);
            seen(harness, "door", 2);
            List<TrackRow> rows = harness.extractOutputValues();
            assertThat(rows)
                    .extracting(TrackRow::getFate)
                    .containsExactly(Fate.INFERRED, Fate.PREDICTED, Fate.INFERRED);
            assertThat(rows)
                    .extracting(row -> row.getBoxes().get(0))
                    .extracting(TrackBox::getTrackId, TrackBox::getProvenance, TrackBox::getSinceDetected)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1L, Provenance.DETECTED, 0),
                            org.assertj.core.groups.Tuple.tuple(1L, Provenance.PREDICTED, 1),
                            org.assertj.core.groups.Tuple.tuple(1L, Provenance.DETECTED, 0));
            assertThat(rows.get(0).getStarted()).containsExactly(1L);
            assertThat(harness.getSideOutput(PerceptionOperator.SAMPLES)).hasSize(3);
        }
    }

    @Test
    void everyFrameMeetsOneFateWhateverBecameOfIt() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            seen(harness, "door", 0);
            for (Fate fate : List.of(Fate.THROTTLED, Fate.EVICTED, Fate.DUPLICATE, Fate.LATE)) {
                FrameTask task = skippedTask("door", 1);
                task.fate = fate;
                harness.processElement(task, 100);
            }
            FrameTask dead = skippedTask("door", 1);
            dead.deadLetter("CORRUPT", "for a test");
            harness.processElement(dead, 100);
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.getSideOutput(PerceptionOperator.FATES))
                    .extracting(record -> record.getValue().fate)
                    .containsExactly(
                            Fate.INFERRED, Fate.THROTTLED, Fate.EVICTED, Fate.DUPLICATE, Fate.LATE, Fate.DEAD_LETTERED);
            DeadLetter letter = harness.getSideOutput(PerceptionOperator.DEAD_LETTERS)
                    .peek()
                    .getValue();
            assertThat(letter.getProblem()).isEqualTo("CORRUPT");
            assertThat(letter.getCamera()).isEqualTo("door");
        }
    }

    @Test
    void aDeadLetterIsNeverLargerThanKafkaTakesAndSaysWhereTheRestIs() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            FrameTask huge = skippedTask("door", 1);
            huge.record.payload = new byte[dev.framewise.schemas.Topic.MAX_RECORD_BYTES + 7];
            huge.record.offset = 42;
            huge.deadLetter("NOT_A_RECORD", "no marker");
            harness.processElement(huge, 100);
            DeadLetter letter = harness.getSideOutput(PerceptionOperator.DEAD_LETTERS)
                    .peek()
                    .getValue();
            assertThat(letter.getValue().remaining()).isEqualTo(dev.framewise.schemas.Topic.MAX_RECORD_BYTES);
            assertThat(letter.getReason()).startsWith("no marker").endsWith("frames-0@42");
        }
    }

    @Test
    void silenceEndsTheTracksOnceAndTheIdsGoOn() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            seen(harness, "door", 0);
            harness.processWatermark(SILENCE_MILLIS - 1);
            assertThat(harness.extractOutputValues()).hasSize(1);
            harness.processWatermark(SILENCE_MILLIS);
            harness.processWatermark(10 * SILENCE_MILLIS);
            assertThat(harness.numEventTimeTimers()).isZero();
            TrackRow closing = harness.extractOutputValues().get(1);
            assertThat(closing.getKind()).isEqualTo(RowKind.CLOSING);
            assertThat(closing.getEnded()).containsExactly(1L);
            assertThat(closing.getFate()).isNull();
            seen(harness, "door", 4_000);
            seen(harness, "door", 4_001);
            List<TrackRow> rows = harness.extractOutputValues();
            assertThat(rows).hasSize(4);
            assertThat(rows.get(3).getBoxes())
                    .singleElement()
                    .extracting(TrackBox::getTrackId)
                    .isEqualTo(2L);
        }
    }

    @Test
    void theClosingRowIsTheSameWhetherTheTimerOrTheNextFrameFindsTheSilence() throws Exception {
        List<TrackRow> byTimer;
        try (var harness = harness(1, 0)) {
            harness.open();
            seen(harness, "door", 0);
            harness.processWatermark(SILENCE_MILLIS);
            seen(harness, "door", 400);
            byTimer = List.copyOf(harness.extractOutputValues());
        }
        try (var harness = harness(1, 0)) {
            harness.open();
            seen(harness, "door", 0);
            seen(harness, "door", 400);
            assertThat(harness.extractOutputValues()).isEqualTo(byTimer).hasSize(3);
        }
    }

    @Test
    void aClockThatJumpsBackAndForthAgainIsNoSilence() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            seen(harness, "door", 36_000);
            FrameTask task = seenTask("door", 36_001);
            task.record.capturedAtMicros = 0;
            harness.processElement(task, 0);
            seen(harness, "door", 36_002);
            assertThat(harness.extractOutputValues())
                    .extracting(TrackRow::getKind)
                    .containsOnly(RowKind.FRAME);
        }
    }

    /** Closing rows told what other cameras had ended just before. */
    @Test
    void aClosingRowEndsTheTracksOfItsCameraAndNoOthers() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            for (String camera : List.of("door", "yard", "gate")) {
                seen(harness, camera, 0);
            }
            harness.processWatermark(SILENCE_MILLIS);
            assertThat(harness.extractOutputValues())
                    .filteredOn(row -> row.getKind() == RowKind.CLOSING)
                    .hasSize(3)
                    .allSatisfy(row -> assertThat(row.getEnded()).containsExactly(1L));
        }
    }

    @Test
    void aRebootEndsTheTracks() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            seen(harness, "door", 5);
            FrameTask task = seenTask("door", 0);
            task.record.bootEpoch = 2;
            harness.processElement(task, 600);
            assertThat(harness.extractOutputValues())
                    .extracting(TrackRow::getKind)
                    .containsExactly(RowKind.FRAME, RowKind.CLOSING, RowKind.FRAME);
        }
    }

    @Test
    void aBacklogFarBehindTheWatermarkKeepsItsTracks() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processWatermark(1_000_000);
            for (int sequence = 0; sequence < 5; sequence++) {
                seen(harness, "door", sequence);
                harness.processWatermark(1_000_100 + sequence);
            }
            assertThat(harness.extractOutputValues())
                    .extracting(TrackRow::getKind)
                    .containsOnly(RowKind.FRAME);
        }
    }

    @Test
    void restoredAndRescaledTheTracksAreThoseOfAnUndisturbedRun() throws Exception {
        List<String> cameras = List.of("door", "yard", "gate", "lift", "hall");
        List<TrackRow> undisturbed = new ArrayList<>();
        try (var harness = harness(1, 0)) {
            harness.open();
            run(harness, cameras, 0, 30);
            undisturbed.addAll(harness.extractOutputValues());
        }

        List<TrackRow> disturbed = new ArrayList<>();
        OperatorSubtaskState one;
        try (var harness = harness(1, 0)) {
            harness.open();
            run(harness, cameras, 0, 10);
            disturbed.addAll(harness.extractOutputValues());
            one = harness.snapshot(1, 1);
        }
        List<OperatorSubtaskState> two = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = harness(2, subtask)) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        one, MAX_PARALLELISM, 1, 2, subtask));
                harness.open();
                run(harness, ofSubtask(cameras, subtask), 10, 20);
                disturbed.addAll(harness.extractOutputValues());
                two.add(harness.snapshot(2, 2));
            }
        }
        try (var harness = harness(1, 0)) {
            harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    AbstractStreamOperatorTestHarness.repackageState(two.toArray(OperatorSubtaskState[]::new)),
                    MAX_PARALLELISM,
                    2,
                    1,
                    0));
            harness.open();
            run(harness, cameras, 20, 30);
            disturbed.addAll(harness.extractOutputValues());
        }
        assertThat(disturbed).containsExactlyInAnyOrderElementsOf(undisturbed);
    }

    private static List<String> ofSubtask(List<String> cameras, int subtask) {
        return cameras.stream()
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
                if (sequence % 3 == 0) {
                    seen(harness, camera, sequence);
                } else {
                    skipped(harness, camera, sequence);
                }
            }
        }
    }

    private static void seen(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness, String camera, long sequence)
            throws Exception {
        harness.processElement(new StreamRecord<>(seenTask(camera, sequence), sequence * 100));
    }

    private static void skipped(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness, String camera, long sequence)
            throws Exception {
        harness.processElement(new StreamRecord<>(skippedTask(camera, sequence), sequence * 100));
    }

    private static FrameTask seenTask(String camera, long sequence) {
        return TestingFrames.task(TestingFrames.sent(camera, sequence));
    }

    private static FrameTask skippedTask(String camera, long sequence) {
        return TestingFrames.task(TestingFrames.unsent(camera, sequence, Disposition.SKIPPED));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness(
            int parallelism, int subtask) throws Exception {
        PerceptionOperator operator = new PerceptionOperator(
                () -> new TestingSession(/* slots= */ 1),
                () -> new ByteTracker(ByteTrackOptions.defaults()),
                () -> new FixedCadence(/* interval= */ 1, /* phase= */ 0),
                Duration.ofMillis(SILENCE_MILLIS),
                new FlowLimits(Duration.ZERO, /* maxFrames= */ 100, /* maxBytes= */ 1_000),
                Overlap.NEVER);
        return new KeyedOneInputStreamOperatorTestHarness<>(
                operator, task -> task.record.camera, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
    }
}
