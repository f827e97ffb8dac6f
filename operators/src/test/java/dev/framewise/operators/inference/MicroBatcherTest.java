package dev.framewise.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.schemas.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatcherTest {
    private static final int SLOTS = 3;
    private static final long BUDGET_NANOS = 1_234_567;

    private final TestingSession session = new TestingSession(SLOTS);
    private final List<String> runs = new ArrayList<>();
    private long nowNanos = 50;
    private final MicroBatcher batcher = new MicroBatcher(
            session,
            Duration.ofNanos(BUDGET_NANOS),
            () -> nowNanos,
            (frames, wait, run) -> runs.add(frames + " waited " + wait));

    @Test
    void theBudgetIsThatOfTheOldestFrameToTheNanosecond() {
        assertThat(batcher.nanosLeft()).isEqualTo(Long.MAX_VALUE);
        batcher.load(task(0));
        nowNanos += 1_000;
        batcher.load(task(1));
        assertThat(batcher.nanosLeft()).isEqualTo(BUDGET_NANOS - 1_000);
        nowNanos += BUDGET_NANOS;
        assertThat(batcher.nanosLeft()).isEqualTo(-1_000);
    }

    @Test
    void aRunGivesEveryFrameItsBoxesAndSaysHowLongTheOldestWaited() {
        FrameTask first = task(4);
        FrameTask second = task(5);
        batcher.load(first);
        nowNanos += 70;
        batcher.load(second);
        nowNanos += 30;
        batcher.start();
        assertThat(batcher.settle()).containsExactly(first, second);
        assertThat(runs).containsExactly("2 waited 100");
        assertThat(first.cost.waitNanos).isEqualTo(100);
        assertThat(second.cost.waitNanos).isEqualTo(30);
        assertThat(second.cost.batchSize).isEqualTo(2);
        assertThat(second.boxesXyxy[0]).isEqualTo(5);
        assertThat(second.fate).isEqualTo(Fate.INFERRED);
        assertThat(batcher.nanosLeft()).isEqualTo(Long.MAX_VALUE);
        assertThat(batcher.settle()).as("settled already").isEmpty();
    }

    @Test
    void anUnusablePictureTakesNoSlot() {
        FrameTask corrupt = task(0xFF);
        assertThat(batcher.load(corrupt)).isFalse();
        assertThat(corrupt.fate).isEqualTo(Fate.DEAD_LETTERED);
        assertThat(corrupt.problem).isEqualTo("CORRUPT");
        for (int sequence = 0; sequence < SLOTS; sequence++) {
            assertThat(batcher.load(task(sequence))).isTrue();
        }
        batcher.start();
        assertThat(batcher.settle()).hasSize(SLOTS);
    }

    @Test
    void aFullBatchTakesNoMore() {
        for (int sequence = 0; sequence < SLOTS; sequence++) {
            assertThat(batcher.isFull()).isFalse();
            batcher.load(task(sequence));
        }
        assertThat(batcher.isFull()).isTrue();
        assertThatThrownBy(() -> batcher.load(task(SLOTS)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("all 3 slots");
    }

    @Test
    void withNothingLoadedNothingRuns() {
        batcher.start();
        assertThat(batcher.settle()).isEmpty();
        assertThat(session.batches).isEmpty();
    }

    private static FrameTask task(long sequence) {
        return TestingFrames.task(TestingFrames.sent("door", sequence));
    }
}
