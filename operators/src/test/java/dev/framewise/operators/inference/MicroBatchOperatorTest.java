package dev.framewise.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MicroBatchOperatorTest {
    private static final int SLOTS = 3;
    private static final int BUDGET_MILLIS = 20;

    private final TestingSession session = new TestingSession(SLOTS);
    private OneInputStreamOperatorTestHarness<FrameTask, FrameTask> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(
                new MicroBatchOperator(() -> session, Duration.ofMillis(BUDGET_MILLIS)));
        harness.setProcessingTime(1_000);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
        assertThat(session.closed).isTrue();
    }

    @Test
    void aFullBatchRunsAtOnce() throws Exception {
        key("a", 0);
        key("b", 0);
        assertThat(session.batches).isEmpty();
        assertThat(harness.getOutput()).isEmpty();
        key("c", 0);
        assertThat(session.batches).containsExactly(SLOTS);
        assertThat(sequences()).containsExactly("a0", "b0", "c0");
        assertThat(tasks()).allSatisfy(task -> {
            assertThat(task.fate).isEqualTo(Fate.INFERRED);
            assertThat(task.cost.batchSize).isEqualTo(SLOTS);
        });
    }

    @Test
    void aLonelyFrameWaitsForItsBudgetAndNoLonger() throws Exception {
        key("a", 0);
        harness.setProcessingTime(1_000 + BUDGET_MILLIS - 1);
        assertThat(session.batches).isEmpty();
        harness.setProcessingTime(1_000 + BUDGET_MILLIS);
        assertThat(session.batches).containsExactly(1);
        assertThat(sequences()).containsExactly("a0");
    }

    @Test
    void theBudgetCountsFromTheFirstFrameOfTheBatchNotOfTheOneBefore() throws Exception {
        key("a", 0);
        key("b", 0);
        key("c", 0);
        harness.setProcessingTime(1_010);
        key("a", 1);
        harness.setProcessingTime(1_000 + BUDGET_MILLIS);
        assertThat(session.batches).containsExactly(SLOTS);
        harness.setProcessingTime(1_010 + BUDGET_MILLIS);
        assertThat(session.batches).containsExactly(SLOTS, 1);
    }

    @Test
    void skippedFramesAndWatermarksKeepTheirPlace() throws Exception {
        skipped("a", 0);
        assertThat(sequences()).containsExactly("a0");
        key("a", 1);
        skipped("a", 2);
        harness.processWatermark(new Watermark(150));
        skipped("b", 0);
        assertThat(sequences()).containsExactly("a0");
        key("a", 3);
        key("a", 4);
        assertThat(harness.getOutput())
                .extracting(MicroBatchOperatorTest::name)
                .containsExactly("a0", "a1", "a2", "watermark 150", "b0", "a3", "a4");
    }

    @Test
    void aBarrierFindsNothingWaiting() throws Exception {
        key("a", 0);
        skipped("a", 1);
        harness.prepareSnapshotPreBarrier(1);
        assertThat(sequences()).containsExactly("a0", "a1");
    }

    @Test
    void theEndOfTheInputFlushes() throws Exception {
        key("a", 0);
        harness.endInput();
        assertThat(sequences()).containsExactly("a0");
    }

    @Test
    void aCorruptPictureIsDeadLetteredInItsPlaceAndTheBatchGoesOn() throws Exception {
        key("a", 0);
        key("b", 0xFF);
        key("c", 1);
        key("d", 2);
        assertThat(session.batches).containsExactly(SLOTS);
        assertThat(sequences()).containsExactly("a0", "b255", "c1", "d2");
        FrameTask dead = tasks().get(1);
        assertThat(dead.fate).isEqualTo(Fate.DEAD_LETTERED);
        assertThat(dead.problem).isEqualTo("CORRUPT");
    }

    @Test
    void everyTaskSaysWhichModelIsInForce() throws Exception {
        skipped("a", 0);
        assertThat(tasks().get(0).cost.model).isEqualTo("testing");
    }

    private void key(String camera, long sequence) throws Exception {
        harness.processElement(
                TestingFrames.task(TestingFrames.sent(camera, sequence), /* keyFrame= */ true), sequence);
    }

    private void skipped(String camera, long sequence) throws Exception {
        harness.processElement(
                TestingFrames.task(TestingFrames.unsent(camera, sequence, Disposition.SKIPPED), /* keyFrame= */ false),
                sequence);
    }

    private List<FrameTask> tasks() {
        return harness.extractOutputValues();
    }

    private List<String> sequences() {
        return tasks().stream()
                .map(task -> task.record.camera + task.record.sequence)
                .toList();
    }

    private static String name(Object element) {
        if (element instanceof Watermark watermark) {
            return "watermark " + watermark.getTimestamp();
        }
        FrameTask task = (FrameTask) ((StreamRecord<?>) element).getValue();
        return task.record.camera + task.record.sequence;
    }
}
