package dev.framewise.operators.perception;

import static dev.framewise.operators.perception.TestingPerception.seen;
import static dev.framewise.operators.perception.TestingPerception.seenTask;
import static dev.framewise.operators.perception.TestingPerception.skipped;
import static dev.framewise.operators.perception.TestingPerception.skippedTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.Provenance;
import dev.framewise.schemas.RowKind;
import dev.framewise.schemas.TrackBox;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of tracks in time: silence, reboots, restoring and rescaling. */
class PerceptionStateTest {
    private static final long SILENCE_MILLIS = TestingPerception.SILENCE.toMillis();
    private static final TestingPerception PERCEPTION = new TestingPerception(
            () -> new ByteTracker(ByteTrackOptions.defaults()), /* interval= */ 1, sequence -> sequence % 3 == 0);

    @Test
    void aRowPerTrackedFrameSaysWhereItsBoxesComeFrom() throws Exception {
        try (var harness = PERCEPTION.open()) {
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
        try (var harness = PERCEPTION.open()) {
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
        try (var harness = PERCEPTION.open()) {
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
        try (var harness = PERCEPTION.open()) {
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
        try (var harness = PERCEPTION.open()) {
            seen(harness, "door", 0);
            harness.processWatermark(SILENCE_MILLIS);
            seen(harness, "door", 400);
            byTimer = List.copyOf(harness.extractOutputValues());
        }
        try (var harness = PERCEPTION.open()) {
            seen(harness, "door", 0);
            seen(harness, "door", 400);
            assertThat(harness.extractOutputValues()).isEqualTo(byTimer).hasSize(3);
        }
    }

    @Test
    void aClockThatJumpsBackAndForthAgainIsNoSilence() throws Exception {
        try (var harness = PERCEPTION.open()) {
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
        try (var harness = PERCEPTION.open()) {
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
        try (var harness = PERCEPTION.open()) {
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
        try (var harness = PERCEPTION.open()) {
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
    void nativeMemoryOfAllTrackersIsGivenBackWhenTheTaskEnds() throws Exception {
        List<TestingTracker> made = new ArrayList<>();
        TestingPerception perception = new TestingPerception(
                () -> {
                    TestingTracker tracker = new TestingTracker();
                    made.add(tracker);
                    return tracker;
                },
                /* interval= */ 1,
                sequence -> true);
        try (var harness = perception.open()) {
            perception.run(harness, List.of("door", "yard"), 0, 5);
            assertThat(made).hasSize(2).allSatisfy(tracker -> assertThat(tracker.released)
                    .isZero());
        }
        assertThat(made).allSatisfy(tracker -> assertThat(tracker.released).isEqualTo(1));
    }

    @Test
    void restoredAndRescaledTheTracksAreThoseOfAnUndisturbedRun() throws Exception {
        List<String> cameras = List.of("door", "yard", "gate", "lift", "hall");
        List<TrackRow> undisturbed = PERCEPTION.undisturbed(cameras, /* frames= */ 30);
        List<TrackRow> disturbed =
                PERCEPTION.killedAndRescaled(cameras, /* first= */ 10, /* second= */ 20, /* frames= */ 30);
        assertThat(disturbed).containsExactlyInAnyOrderElementsOf(undisturbed);
    }
}
