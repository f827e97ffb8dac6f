package dev.framewise.operators.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.operators.inference.BatchSession;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.operators.inference.TestingVersions;
import dev.framewise.operators.model.TestingReleases;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.ReleaseState;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.FixedCadence;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When another version comes into force, and what a restored job sees with. */
class ModelBarrierTest {
    private static final int MAX_PARALLELISM = 16;

    /** With a second session, that one takes turns with the first: both must have changed. */
    @ParameterizedTest
    @EnumSource(
            value = Overlap.class,
            names = {"NEVER", "ALWAYS"})
    void aReleaseComesIntoForceBehindTheBarrierAndFramesThatWaitAreSeenByTheOldOne(Overlap overlap) throws Exception {
        try (var harness = harness(1, 0, overlap)) {
            harness.open();
            frame(harness, 0);
            release(harness, "2");
            frame(harness, 1);
            harness.prepareSnapshotPreBarrier(1);
            harness.snapshot(1, 0);
            for (int sequence = 2; sequence < 6; sequence++) {
                frame(harness, sequence);
                harness.prepareSnapshotPreBarrier(sequence);
            }
            assertThat(harness.extractOutputValues())
                    .extracting(TrackRow::getModel)
                    .containsExactly("base", "base", "2", "2", "2", "2");
        }
    }

    @Test
    void reportsLeaveBeforeTheBarrierAndKnowTheirSubtask() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.getSideOutput(PerceptionOperator.EVIDENCE)).isNull();
            release(harness, "2");
            harness.prepareSnapshotPreBarrier(2);
            assertThat(harness.getSideOutput(PerceptionOperator.EVIDENCE))
                    .extracting(StreamRecord::getValue)
                    .singleElement()
                    .satisfies(report -> {
                        assertThat(report.subtask).isZero();
                        assertThat(report.parallelism).isEqualTo(1);
                    });
        }
    }

    @Test
    void restoredAndRescaledAllSubtasksGoOnFromTheNewest() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(1, 0)) {
            harness.open();
            release(harness, "2");
            harness.prepareSnapshotPreBarrier(1);
            state = harness.snapshot(1, 0);
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = harness(2, subtask)) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, MAX_PARALLELISM, 1, 2, subtask));
                harness.open();
                harness.setProcessingTime(1_000);
                for (String camera : List.of("door", "yard", "hall", "roof")) {
                    if (KeyGroupRangeAssignment.assignKeyToParallelOperator(camera, MAX_PARALLELISM, 2) == subtask) {
                        harness.processElement(
                                new StreamRecord<>(TestingFrames.task(TestingFrames.sent(camera, 5)), 500));
                    }
                }
                harness.endInput();
                assertThat(harness.extractOutputValues())
                        .as("subtask %d", subtask)
                        .isNotEmpty()
                        .allSatisfy(row -> assertThat(row.getModel()).isEqualTo("2"));
            }
        }
    }

    private static void frame(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness, long sequence)
            throws Exception {
        harness.processElement(
                new StreamRecord<>(TestingFrames.task(TestingFrames.sent("door", sequence)), sequence * 100));
    }

    private static void release(
            KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness, String version)
            throws Exception {
        FrameTask task = TestingFrames.task(TestingFrames.sent("door", 0));
        task.release = new RecordCodec<>(ModelRelease.class)
                .encode(TestingReleases.offered(version)
                        .setState(ReleaseState.PROMOTED)
                        .setShare(1)
                        .build());
        harness.processElement(new StreamRecord<>(task));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness(
            int parallelism, int subtask) throws Exception {
        return harness(parallelism, subtask, Overlap.NEVER);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness(
            int parallelism, int subtask, Overlap overlap) throws Exception {
        BatchSession.Factory sessions = new TestingVersions.Factory();
        PerceptionOperator operator = new PerceptionOperator(
                sessions,
                () -> new ByteTracker(ByteTrackOptions.defaults()),
                () -> new FixedCadence(/* interval= */ 1, /* phase= */ 0),
                Duration.ofSeconds(30),
                new FlowLimits(Duration.ofSeconds(1), /* maxFrames= */ 100, /* maxBytes= */ 1_000),
                overlap);
        return new KeyedOneInputStreamOperatorTestHarness<>(
                operator, task -> task.record.camera, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
    }
}
