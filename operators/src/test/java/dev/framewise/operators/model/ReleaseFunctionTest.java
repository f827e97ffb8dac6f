package dev.framewise.operators.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseFunctionTest {
    private final RecordCodec<ModelRelease> codec = new RecordCodec<>(ModelRelease.class);
    private OneInputStreamOperatorTestHarness<ModelRecord, ModelRelease> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new ReleaseFunction(TestingReleases.MODEL)));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void releasesOfTheModelPassAndOthersAreLeftAlone() throws Exception {
        ModelRelease release = TestingReleases.offered("2").build();
        send("testing", codec.encode(release));
        send(
                "other",
                codec.encode(TestingReleases.offered("2").setModel("other").build()));
        send("testing", null);
        assertThat(harness.extractOutputValues()).containsExactly(release);
        assertThat(letters()).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsBuriedWholeWithItsPlaceAndTheReason() throws Exception {
        send("testing", "GET /".getBytes(StandardCharsets.US_ASCII));
        send("testing", codec.encode(TestingReleases.offered("2").setRollout(7).build()));
        send("wrong", codec.encode(TestingReleases.offered("2").build()));
        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(letters())
                .extracting(DeadLetter::getProblem)
                .containsExactly("NOT_A_RECORD", "BAD_RELEASE", "KEY_MISMATCH");
        assertThat(letters()).allSatisfy(letter -> {
            assertThat(letter.getTopic()).isEqualTo("models");
            assertThat(letter.getOffset()).isEqualTo(42);
            assertThat(letter.getValue().remaining()).isPositive();
        });
        assertThat(letters().get(1).getReason()).contains("rollout is '7.0'; allowed: above 0 to 1");
    }

    private void send(String key, byte[] value) throws Exception {
        ModelRecord record = new ModelRecord();
        record.topic = "models";
        record.offset = 42;
        record.key = key.getBytes(StandardCharsets.UTF_8);
        record.value = value;
        harness.processElement(record, 0);
    }

    private List<DeadLetter> letters() {
        var side = harness.getSideOutput(ReleaseFunction.DEAD_LETTERS);
        return side == null
                ? List.of()
                : side.stream().map(StreamRecord::getValue).toList();
    }
}
