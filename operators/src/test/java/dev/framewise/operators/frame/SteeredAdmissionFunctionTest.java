package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.model.TestingReleases;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SteeredAdmissionFunctionTest {
    private static final int MAX_PARALLELISM = 16;
    private static final List<String> CAMERAS = List.of("door", "yard", "gate", "hall");
    private static final String DEVICE = "pi-door";

    @Test
    void releasesTravelAmongTheFramesInTheirPlace() throws Exception {
        ModelRelease release = TestingReleases.offered("2").build();
        try (var harness = harness()) {
            harness.open();
            frame(harness, 0);
            harness.processElement2(new StreamRecord<>(Steering.release(release)));
            frame(harness, 1);
            frame(harness, 1);
            List<FrameTask> tasks = harness.extractOutputValues();
            assertThat(tasks)
                    .extracting(task -> task.record.camera)
                    .containsExactly("door", "release-0", "door", "door");
            assertThat(tasks.get(3).fate).isEqualTo(Fate.DUPLICATE);
            assertThat(new RecordCodec<>(ModelRelease.class).decode(tasks.get(1).release))
                    .isEqualTo(release);
        }
    }

    @Test
    void aFrameIsToldWhatTheDirectiveInForceWhenItWasCapturedLeaves() throws Exception {
        try (var harness = harness()) {
            harness.open();
            frame(harness, 0);
            directive(harness, DEVICE, directive(/* issued= */ 2, /* until= */ 4, /* interval= */ 6));
            directive(harness, "another", directive(/* issued= */ 0, /* until= */ 9, /* interval= */ 9));
            for (int sequence = 1; sequence <= 5; sequence++) {
                frame(harness, sequence);
            }
            assertThat(intervals(harness)).containsExactly(1, 1, 6, 6, 6, 1);
        }
    }

    @Test
    void theOneIssuedLaterCountsAndAWithdrawnOneDoesNot() throws Exception {
        try (var harness = harness()) {
            harness.open();
            directive(harness, DEVICE, directive(/* issued= */ 1, /* until= */ 9, /* interval= */ 3));
            directive(harness, DEVICE, directive(/* issued= */ 0, /* until= */ 9, /* interval= */ 5));
            frame(harness, 1);
            directive(harness, DEVICE, /* directive= */ null);
            frame(harness, 2);
            assertThat(intervals(harness)).containsExactly(3, 1);
        }
    }

    @Test
    void directivesSurviveACheckpointAndARescaling() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            for (String camera : CAMERAS) {
                directive(harness, "pi-" + camera, directive(/* issued= */ 0, /* until= */ 9, /* interval= */ 4));
            }
            state = harness.snapshot(/* checkpointId= */ 1, /* timestamp= */ 0);
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = harness(/* parallelism= */ 2, subtask)) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, MAX_PARALLELISM, /* oldParallelism= */ 1, /* newParallelism= */ 2, subtask));
                harness.open();
                for (String camera : CAMERAS) {
                    if (KeyGroupRangeAssignment.assignKeyToParallelOperator(camera, MAX_PARALLELISM, 2) == subtask) {
                        harness.processElement1(new StreamRecord<>(TestingFrames.sent(camera, 1), 100));
                    }
                }
                assertThat(intervals(harness)).isNotEmpty().containsOnly(4);
            }
        }
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, FrameRecord, Steering, FrameTask> harness()
            throws Exception {
        return harness(/* parallelism= */ 1, /* subtask= */ 0);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, FrameRecord, Steering, FrameTask> harness(
            int parallelism, int subtask) throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new SteeredAdmissionFunction(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                        List.of(SteeredAdmissionFunction.DIRECTIVES)),
                frame -> frame.camera,
                none -> "",
                Types.STRING,
                MAX_PARALLELISM,
                parallelism,
                subtask);
    }

    private static void frame(
            KeyedTwoInputStreamOperatorTestHarness<String, FrameRecord, Steering, FrameTask> harness, int sequence)
            throws Exception {
        harness.processElement1(new StreamRecord<>(TestingFrames.sent("door", sequence), 100L * sequence));
    }

    private static void directive(
            KeyedTwoInputStreamOperatorTestHarness<String, FrameRecord, Steering, FrameTask> harness,
            String device,
            Directive directive)
            throws Exception {
        harness.processElement2(new StreamRecord<>(Steering.directive(device, directive)));
    }

    /** Times in frames. */
    private static Directive directive(int issued, int until, int interval) {
        return Directive.newBuilder()
                .setDevice(DEVICE)
                .setIssuedAtMicros(100_000L * issued)
                .setValidUntilMicros(100_000L * until)
                .setFrameRateFactor(1)
                .setDetectorInterval(interval)
                .setReason("a test")
                .build();
    }

    private static List<Integer> intervals(
            KeyedTwoInputStreamOperatorTestHarness<String, FrameRecord, Steering, FrameTask> harness) {
        return harness.extractOutputValues().stream()
                .map(task -> task.directedInterval)
                .toList();
    }

    @Test
    void aReleasesKeyIsOneOfItsSubtask() {
        for (int parallelism : new int[] {1, 2, 7, 16}) {
            for (int subtask = 0; subtask < parallelism; subtask++) {
                String key = SteeredAdmissionFunction.keyOf(subtask, parallelism, /* maxParallelism= */ 128);
                assertThat(KeyGroupRangeAssignment.assignKeyToParallelOperator(key, 128, parallelism))
                        .isEqualTo(subtask);
            }
        }
    }
}
