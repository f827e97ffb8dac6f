package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
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
                    .as("the positions of two cameras")
                    .isEqualTo(2);
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
                new AdmissionFunction(Duration.ofSeconds(1)), record -> record.camera, Types.STRING);
        if (state != null) {
            harness.close();
            harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    new org.apache.flink.streaming.api.operators.KeyedProcessOperator<>(
                            new AdmissionFunction(Duration.ofSeconds(1))),
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
