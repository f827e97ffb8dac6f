package dev.framewise.operators.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.ReleaseState;
import dev.framewise.vision.model.Evidence;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RolloutFunctionTest {
    private final RecordCodec<ModelRelease> codec = new RecordCodec<>(ModelRelease.class);

    @Test
    void reportsOfAllSubtasksBecomeADecisionForTheTopic() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(report("2", 0, 2), 0);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processElement(report("2", 1, 2), 0);
            ModelRelease promoted = harness.extractOutputValues().get(0);
            assertThat(promoted.getState()).isEqualTo(ReleaseState.PROMOTED);
            assertThat(promoted.getShare()).isEqualTo(1);
            assertThat(promoted.getDecidedBy()).isEqualTo("job");
            assertThat(promoted.getInForce().getVersion()).isEqualTo("1");
            assertThat(promoted.getReason()).contains("agreement 1.000");
        }
    }

    @Test
    void aRefusalAlsoGoesToTheDeadLetters() throws Exception {
        try (var harness = harness()) {
            harness.open();
            Evidence bad = report("2", 0, 1);
            bad.matched = 0;
            harness.processElement(bad, 0);
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(release -> assertThat(release.getState()).isEqualTo(ReleaseState.REFUSED));
            List<DeadLetter> letters = harness.getSideOutput(RolloutFunction.DEAD_LETTERS).stream()
                    .map(StreamRecord::getValue)
                    .toList();
            assertThat(letters).singleElement().satisfies(letter -> {
                assertThat(letter.getProblem()).isEqualTo("BAD_RESULTS");
                byte[] value = new byte[letter.getValue().remaining()];
                letter.getValue().duplicate().get(value);
                assertThat(codec.decode(value).getVersion()).isEqualTo("2");
            });
            harness.processElement(bad, 0);
            assertThat(harness.extractOutputValues()).as("said once").hasSize(1);
        }
    }

    @Test
    void theNextVersionStartsAnew() throws Exception {
        try (var harness = harness()) {
            harness.open();
            Evidence bad = report("2", 0, 1);
            bad.matched = 0;
            harness.processElement(bad, 0);
            harness.processElement(report("3", 0, 1), 0);
            assertThat(harness.extractOutputValues())
                    .extracting(release -> release.getVersion() + " " + release.getState())
                    .containsExactly("2 REFUSED", "3 PROMOTED");
        }
    }

    @Test
    void whatWasReportedBeforeACheckpointCountsBehindIt() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            harness.processElement(report("2", 0, 2), 0);
            state = harness.snapshot(1, 0);
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            Evidence loaded = report("2", 1, 2);
            loaded.frames = 0;
            harness.processElement(loaded, 0);
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    private Evidence report(String version, int subtask, int parallelism) {
        Evidence report = new Evidence();
        report.model = TestingReleases.MODEL;
        report.release = codec.encode(TestingReleases.offered(version).build());
        report.inForce = codec.encode(TestingReleases.offered("1").build());
        report.subtask = subtask;
        report.parallelism = parallelism;
        report.loaded = true;
        report.frames = 3;
        report.oldBoxes = 5;
        report.newBoxes = 5;
        report.matched = 5;
        return report;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Evidence, ModelRelease> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new RolloutFunction("job")), report -> report.model, Types.STRING);
    }
}
