package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.framewise.schemas.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

/** Ten frames a second, a second of patience. */
class AdmissionFunctionTest {
    @Test
    void aGapIsWaitedForInEventTimeWhereTheCameraFallsSilentBehindIt() throws Exception {
        try (var harness = harness(null)) {
            accept(harness, "yard", 0, 2);
            harness.processWatermark(1_199);
            assertThat(sequences(harness)).containsExactly(0L);
            harness.processWatermark(1_200);
            assertThat(sequences(harness)).containsExactly(0L, 2L);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void whatWaitsIsInTheCheckpoint() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(null)) {
            accept(harness, "yard", 0, 2, 3);
            accept(harness, "door", 0);
            state = harness.snapshot(/* checkpointId= */ 1, /* timestamp= */ 0);
        }
        try (var harness = harness(state)) {
            accept(harness, "yard", 1);
            accept(harness, "door", 1);
            assertThat(sequences(harness)).containsExactly(1L, 2L, 3L, 1L);
        }
        try (var harness = harness(state)) {
            harness.processWatermark(10_000);
            assertThat(sequences(harness)).containsExactly(2L, 3L);
            assertThat(harness.numKeyedStateEntries())
                    .as("the positions of two cameras, and what each misses")
                    .isEqualTo(4);
        }
    }

    /**
     * Written by a job that knew of no backlog: 0, 1, 2, 12, 13 and 14 seen; 22, 23 and 25 waiting. What it missed of the last 64 is
     * still missing.
     */
    @Test
    void aCheckpointOfAJobThatKnewNoBacklogIsRead() throws Exception {
        String path = Path.of(AdmissionFunctionTest.class
                        .getResource("admission-1.snapshot")
                        .toURI())
                .toString();
        try (var harness = harness(OperatorSnapshotUtil.readStateHandle(path))) {
            accept(harness, "yard", 14);
            FrameRecord replayed = TestingFrames.replayed("yard", /* bootEpoch= */ 1, 5);
            harness.processElement(replayed, 500);
            harness.processElement(replayed, 500);
            harness.processElement(TestingFrames.replayed("yard", /* bootEpoch= */ 0, 5), 500);
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(harness.extractOutputValues())
                    .extracting(task -> task.record.sequence, task -> task.fate, task -> task.lane)
                    .containsExactly(
                            tuple(14L, Fate.DUPLICATE, Lane.LIVE),
                            tuple(5L, null, Lane.BACKLOG),
                            tuple(5L, Fate.DUPLICATE, Lane.LIVE),
                            tuple(5L, Fate.LATE, Lane.LIVE),
                            tuple(22L, null, Lane.LIVE),
                            tuple(23L, null, Lane.LIVE),
                            tuple(25L, null, Lane.LIVE));
        }
    }

    @Test
    void whatIsMissingAndTheLaneAreInTheCheckpoint() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(null)) {
            accept(harness, "yard", 0, 100, 120);
            harness.processElement(TestingFrames.replayed("yard", /* bootEpoch= */ 1, 97), 9_700);
            state = harness.snapshot(/* checkpointId= */ 1, /* timestamp= */ 0);
        }
        try (var harness = harness(state)) {
            for (long sequence : new long[] {97, 96, 98, 99}) {
                harness.processElement(TestingFrames.replayed("yard", /* bootEpoch= */ 1, sequence), 100 * sequence);
            }
            assertThat(harness.extractOutputValues())
                    .extracting(task -> task.record.sequence, task -> task.fate, task -> task.endsLane)
                    .containsExactly(
                            tuple(97L, Fate.DUPLICATE, false),
                            tuple(96L, Fate.LATE, false),
                            tuple(98L, null, false),
                            tuple(99L, null, false),
                            tuple(0L, null, true));
        }
    }

    @Test
    void camerasDoNotWaitForEachOther() throws Exception {
        try (var harness = harness(null)) {
            accept(harness, "yard", 0, 2);
            accept(harness, "door", 0, 1);
            assertThat(sequences(harness)).containsExactly(0L, 0L, 1L);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, FrameRecord, FrameTask> harness(
            OperatorSubtaskState state) throws Exception {
        var harness = ProcessFunctionTestHarnesses.forKeyedProcessFunction(
                new AdmissionFunction(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                record -> record.camera,
                Types.STRING);
        if (state != null) {
            harness.close();
            harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    new org.apache.flink.streaming.api.operators.KeyedProcessOperator<>(
                            new AdmissionFunction(Duration.ofSeconds(1), Duration.ofSeconds(30))),
                    record -> record.camera,
                    Types.STRING);
            harness.initializeState(state);
            harness.open();
        }
        return harness;
    }

    private static void accept(
            KeyedOneInputStreamOperatorTestHarness<String, FrameRecord, FrameTask> harness,
            String camera,
            long... sequences)
            throws Exception {
        for (long sequence : sequences) {
            FrameRecord record = TestingFrames.sent(camera, sequence);
            harness.processElement(record, record.capturedAtMicros / 1_000);
        }
    }

    private static List<Long> sequences(
            KeyedOneInputStreamOperatorTestHarness<String, FrameRecord, FrameTask> harness) {
        return harness.extractOutputValues().stream()
                .map(task -> task.record.sequence)
                .toList();
    }
}
