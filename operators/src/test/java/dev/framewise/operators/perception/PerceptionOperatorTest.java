package dev.framewise.operators.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.operators.inference.BatchSession;
import dev.framewise.operators.inference.Overlap;
import dev.framewise.operators.inference.TestingSession;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.ByteTrackOptions;
import dev.framewise.vision.track.ByteTracker;
import dev.framewise.vision.track.FixedCadence;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches, order, watermarks and barriers in Flink's harness. */
class PerceptionOperatorTest {
    private static final int SLOTS = 3;
    private static final int BUDGET_MILLIS = 20;
    /** Timers count in milliseconds and fire late: the operator asks for them so much earlier. */
    private static final int EARLY_MILLIS = 2;

    private final TestingSession session = new TestingSession(SLOTS);
    private KeyedOneInputStreamOperatorTestHarness<String, FrameTask, TrackRow> harness;

    @BeforeEach
    void open() throws Exception {
        PerceptionOperator operator = new PerceptionOperator(
                () -> session,
                () -> new ByteTracker(ByteTrackOptions.defaults()),
                () -> new FixedCadence(/* interval= */ 1, /* phase= */ 0),
                Duration.ofSeconds(30),
                new FlowLimits(Duration.ofMillis(BUDGET_MILLIS), /* maxFrames= */ 100, /* maxBytes= */ 1_000),
                Overlap.NEVER,
                () -> harness.getProcessingTime() * 1_000_000);
        harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, task -> task.record.camera, Types.STRING);
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
        seen("a", 0);
        seen("b", 0);
        assertThat(session.batches).isEmpty();
        assertThat(harness.getOutput()).isEmpty();
        seen("c", 0);
        assertThat(session.batches).containsExactly(SLOTS);
        assertThat(names()).containsExactly("a0", "b0", "c0");
        assertThat(harness.getSideOutput(PerceptionOperator.SAMPLES))
                .extracting(StreamRecord::getValue)
                .allSatisfy(sample -> assertThat(sample.getBatchSize()).isEqualTo(SLOTS))
                .extracting(InferenceSample::getFate)
                .containsExactly(Fate.INFERRED, Fate.INFERRED, Fate.INFERRED);
    }

    @Test
    void aLonelyFrameWaitsForItsBudgetAndNoLonger() throws Exception {
        seen("a", 0);
        harness.setProcessingTime(1_000 + BUDGET_MILLIS - EARLY_MILLIS - 1);
        assertThat(session.batches).isEmpty();
        harness.setProcessingTime(1_000 + BUDGET_MILLIS - EARLY_MILLIS);
        assertThat(session.batches).containsExactly(1);
        assertThat(names()).containsExactly("a0");
    }

    @Test
    void theBudgetCountsFromTheFirstFrameOfTheBatchNotOfTheOneBefore() throws Exception {
        seen("a", 0);
        seen("b", 0);
        seen("c", 0);
        harness.setProcessingTime(1_010);
        seen("a", 1);
        harness.setProcessingTime(1_000 + BUDGET_MILLIS);
        assertThat(session.batches).containsExactly(SLOTS);
        harness.setProcessingTime(1_010 + BUDGET_MILLIS - EARLY_MILLIS);
        assertThat(session.batches).containsExactly(SLOTS, 1);
    }

    @Test
    void aWatermarkWaitsForTheFramesBeforeItAndACameraForItsOwn() throws Exception {
        skipped("a", 0);
        assertThat(names()).containsExactly("a0");
        seen("a", 1);
        skipped("a", 2);
        harness.processWatermark(new Watermark(150));
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
        skipped("b", 0);
        assertThat(names()).containsExactly("a0", "b0");
        harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
        seen("a", 3);
        seen("a", 4);
        assertThat(harness.getOutput())
                .extracting(PerceptionOperatorTest::name)
                .containsExactly(
                        "a0",
                        "b0",
                        "a1",
                        "a2",
                        "Watermark @ 150",
                        "WatermarkStatus(IDLE)",
                        "WatermarkStatus(ACTIVE)",
                        "a3",
                        "a4");
    }

    @Test
    void rowsAndSideOutputsCarryTheTimeOfTheirFrame() throws Exception {
        seen("a", 7);
        seen("b", 8);
        seen("c", 9);
        assertThat(harness.getOutput())
                .extracting(row -> ((StreamRecord<?>) row).getTimestamp())
                .containsExactly(700L, 800L, 900L);
        assertThat(harness.getSideOutput(PerceptionOperator.FATES))
                .extracting(StreamRecord::getTimestamp)
                .containsExactly(700L, 800L, 900L);
    }

    @Test
    void aBarrierFindsNothingInFlight() throws Exception {
        seen("a", 0);
        skipped("a", 1);
        harness.prepareSnapshotPreBarrier(1);
        assertThat(names()).containsExactly("a0", "a1");
    }

    @Test
    void theEndOfTheInputLetsEverythingLeave() throws Exception {
        seen("a", 0);
        harness.endInput();
        assertThat(names()).containsExactly("a0");
    }

    @Test
    void aCorruptPictureIsDeadLetteredAndTheBatchGoesOn() throws Exception {
        seen("a", 0);
        seen("b", 0xFF);
        seen("c", 1);
        seen("d", 2);
        assertThat(session.batches).containsExactly(SLOTS);
        assertThat(names()).containsExactly("a0", "c1", "d2");
        assertThat(harness.getSideOutput(PerceptionOperator.DEAD_LETTERS))
                .extracting(StreamRecord::getValue)
                .extracting(DeadLetter::getCamera, DeadLetter::getSequence, DeadLetter::getProblem)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("b", 255L, "CORRUPT"));
        assertThat(harness.getSideOutput(PerceptionOperator.FATES)).hasSize(4);
    }

    /** The runner's thread ends whenever it does; what it found comes by mail, and at a barrier nothing is missing. */
    @Test
    void withAThreadOfItsOwnTheModelGivesTheSameRowsAndABarrierWaitsForIt() throws Exception {
        List<TestingSession> two = List.of(new TestingSession(SLOTS), new TestingSession(SLOTS));
        Iterator<TestingSession> opened = two.iterator();
        BatchSession.Factory twins = new BatchSession.Factory() {
            @Override
            public BatchSession open() {
                return opened.next();
            }

            @Override
            public boolean opensTwins() {
                return true;
            }
        };
        PerceptionOperator overlapped = new PerceptionOperator(
                twins,
                () -> new ByteTracker(ByteTrackOptions.defaults()),
                () -> new FixedCadence(/* interval= */ 1, /* phase= */ 0),
                Duration.ofSeconds(30),
                new FlowLimits(Duration.ofMillis(BUDGET_MILLIS), /* maxFrames= */ 100, /* maxBytes= */ 1_000),
                Overlap.ALWAYS);
        try (var other =
                new KeyedOneInputStreamOperatorTestHarness<>(overlapped, task -> task.record.camera, Types.STRING)) {
            other.open();
            for (long sequence = 0; sequence < SLOTS; sequence++) {
                other.processElement(TestingFrames.task(TestingFrames.sent("a", sequence)), sequence * 100);
            }
            other.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
            assertThat(other.extractOutputValues()).hasSize(SLOTS);
            for (long sequence = SLOTS; sequence < 20; sequence++) {
                other.processElement(TestingFrames.task(TestingFrames.sent("a", sequence)), sequence * 100);
            }
            other.prepareSnapshotPreBarrier(1);
            assertThat(other.extractOutputValues())
                    .extracting(TrackRow::getSequence)
                    .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
        }
        assertThat(two).allSatisfy(session -> assertThat(session.closed).isTrue());
        assertThat(two).allSatisfy(session -> assertThat(session.batches).isNotEmpty());
    }

    @Test
    void everySampleSaysWhichModelIsInForce() throws Exception {
        skipped("a", 0);
        assertThat(harness.getSideOutput(PerceptionOperator.SAMPLES)
                        .peek()
                        .getValue()
                        .getModel())
                .isEqualTo("testing");
    }

    private void seen(String camera, long sequence) throws Exception {
        harness.processElement(TestingFrames.task(TestingFrames.sent(camera, sequence)), sequence * 100);
    }

    private void skipped(String camera, long sequence) throws Exception {
        harness.processElement(
                TestingFrames.task(TestingFrames.unsent(camera, sequence, Disposition.SKIPPED)), sequence * 100);
    }

    private List<String> names() {
        return harness.extractOutputValues().stream()
                .map(PerceptionOperatorTest::name)
                .toList();
    }

    private static String name(Object element) {
        if (element instanceof StreamRecord<?> record) {
            return name(record.getValue());
        }
        return element instanceof TrackRow row ? row.getCamera() + row.getSequence() : element.toString();
    }
}
