package dev.framewise.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.TestingFrames;
import dev.framewise.schemas.Fate;
import dev.framewise.vision.image.ImageFormatException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverlappedBatcherTest {
    private static final int SLOTS = 2;
    private static final long BUDGET_NANOS = 1_000;

    private final HeldSession first = new HeldSession();
    private final HeldSession second = new HeldSession();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> runs = new ArrayList<>();
    private long nowNanos;
    private final OverlappedBatcher batcher = new OverlappedBatcher(
            first,
            second,
            Duration.ofNanos(BUDGET_NANOS),
            () -> nowNanos,
            (frames, wait, run) -> runs.add(frames + " waited " + wait),
            ended::countDown);

    @AfterEach
    void close() {
        first.free.countDown();
        second.free.countDown();
        batcher.close();
    }

    @Test
    void theNextBatchIsLoadedWhileOneRuns() throws Exception {
        FrameTask a = load(0);
        FrameTask b = load(1);
        assertThat(batcher.isFull()).isTrue();
        batcher.start();
        assertThat(batcher.isRunning()).isTrue();
        assertThat(batcher.isFull()).isFalse();
        FrameTask c = load(2);
        assertThat(batcher.settle()).as("it still runs").isEmpty();
        first.free.countDown();
        ended.await();
        assertThat(batcher.settle()).containsExactly(a, b);
        assertThat(a.fate).isEqualTo(Fate.INFERRED);
        assertThat(c.fate).isNull();
        second.free.countDown();
        batcher.start();
        batcher.await();
        assertThat(batcher.settle()).containsExactly(c);
        assertThat(c.boxesXyxy[0]).isEqualTo(2);
    }

    @Test
    void aSecondStartWaitsForNobody() {
        load(0);
        batcher.start();
        load(1);
        batcher.start();
        assertThat(second.delegate.batches).isEmpty();
    }

    /** Waiting for the model is not waiting for company. */
    @Test
    void theBudgetRunsOnlyWhileTheModelIsFree() {
        load(0);
        batcher.start();
        load(1);
        nowNanos += 5 * BUDGET_NANOS;
        assertThat(batcher.nanosLeft()).isEqualTo(Long.MAX_VALUE);
        first.free.countDown();
        second.free.countDown();
        batcher.await();
        batcher.settle();
        assertThat(batcher.nanosLeft()).isEqualTo(-4 * BUDGET_NANOS);
        nowNanos += 7;
        batcher.start();
        batcher.await();
        batcher.settle();
        assertThat(runs).containsExactly("1 waited 0", "1 waited 7");
    }

    @Test
    void theFirstFailureIsKeptAndToldAgain() {
        first.failure = new IllegalStateException("out of memory for a test");
        load(0);
        batcher.start();
        first.free.countDown();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(batcher::await).hasMessageContaining("out of memory for a test");
            assertThatThrownBy(batcher::settle).hasMessageContaining("out of memory for a test");
            assertThatThrownBy(batcher::start).hasMessageContaining("out of memory for a test");
        }
    }

    @Test
    void sessionsOfDifferentSizeCannotTakeTurns() {
        assertThatThrownBy(() -> new OverlappedBatcher(
                        new TestingSession(1),
                        new TestingSession(2),
                        Duration.ZERO,
                        () -> 0,
                        (frames, wait, run) -> {},
                        () -> {}))
                .hasMessageContaining("1 and 2 slots");
    }

    private FrameTask load(long sequence) {
        FrameTask task = TestingFrames.task(TestingFrames.sent("door", sequence));
        assertThat(batcher.load(task)).isTrue();
        return task;
    }

    /** A session whose run lasts until it is set free. */
    private static final class HeldSession implements BatchSession {
        private final TestingSession delegate = new TestingSession(SLOTS);
        private final CountDownLatch free = new CountDownLatch(1);
        private RuntimeException failure;

        @Override
        public int slots() {
            return delegate.slots();
        }

        @Override
        public void load(int slot, FrameTask task) throws ImageFormatException {
            delegate.load(slot, task);
        }

        @Override
        public void run(int count) {
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            if (failure != null) {
                throw failure;
            }
            delegate.run(count);
        }

        @Override
        public void finish(int slot, FrameTask task) {
            delegate.finish(slot, task);
        }

        @Override
        public void stamp(FrameTask task) {
            delegate.stamp(task);
        }

        @Override
        public void close() {
            delegate.close();
        }
    }
}
