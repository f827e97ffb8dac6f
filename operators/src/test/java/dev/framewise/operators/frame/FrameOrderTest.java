package dev.framewise.operators.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Ten frames a second, a second of patience. */
class FrameOrderTest {
    private final FrameOrder order =
            new FrameOrder(new FrameAdmission(), Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final CameraPosition position = new CameraPosition();
    private final MissingFrames missing = new MissingFrames();
    private final TestingWaiting waiting = new TestingWaiting();
    private final List<FrameTask> out = new ArrayList<>();

    @Test
    void whatComesInOrderWaitsForNothing() {
        accept(0, 1, 2);
        assertThat(open()).containsExactly(0L, 1L, 2L);
        assertThat(position.waiting).isZero();
    }

    @Test
    void whatOvertookWaitsForWhatItOvertook() {
        accept(0, 3, 2);
        assertThat(open()).containsExactly(0L);
        accept(1);
        assertThat(open()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(position.waiting).isZero();
        assertThat(position.waitingBytes).isZero();
    }

    @Test
    void aFrameThatNeverComesIsWaitedForAsLongAsItsSuccessorIsYoung() {
        accept(0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(open()).containsExactly(0L);
        accept(12);
        assertThat(open()).containsExactly(0L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        accept(1);
        assertThat(out.get(out.size() - 1).fate).isEqualTo(Fate.LATE);
        assertThat(captured()).isEqualTo(13);
    }

    @Test
    void ofTwoGapsEachIsWaitedFor() {
        accept(0, 2, 3, 7, 8);
        order.expire(position, waiting, () -> missing, out::add);
        assertThat(open()).containsExactly(0L, 2L, 3L);
        accept(4, 5, 6);
        assertThat(open()).containsExactly(0L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void whatWaitsAlreadyIsADuplicate() {
        accept(0, 2, 2);
        assertThat(out).last().satisfies(task -> {
            assertThat(task.fate).isEqualTo(Fate.DUPLICATE);
            assertThat(task.newlyCaptured).isZero();
        });
        assertThat(waiting.size()).isEqualTo(1);
    }

    @Test
    void aRebootEndsAllWaitingInOrder() {
        accept(0, 3, 2);
        FrameRecord rebooted = TestingFrames.sent("yard", 0);
        rebooted.bootEpoch = 2;
        order.accept(rebooted, position, waiting, () -> missing, out::add);
        assertThat(open()).containsExactly(0L, 2L, 3L, 0L);
        assertThat(out).last().satisfies(task -> assertThat(task.rebooted).isTrue());
        accept(1);
        assertThat(out).last().satisfies(task -> assertThat(task.fate).isEqualTo(Fate.LATE));
    }

    @Test
    void noMoreThanIsAllowedWaits() {
        accept(0);
        for (long sequence = 2; sequence <= FrameOrder.MAX_WAITING + 2; sequence++) {
            FrameRecord record = TestingFrames.sent("yard", sequence);
            record.capturedAtMicros = 0;
            order.accept(record, position, waiting, () -> missing, out::add);
            assertThat(position.waiting).isLessThanOrEqualTo(FrameOrder.MAX_WAITING);
        }
        assertThat(open()).hasSize(FrameOrder.MAX_WAITING + 2).isSorted();
        FrameRecord large = TestingFrames.sent("yard", 100);
        large.payload = new byte[(int) FrameOrder.MAX_BYTES + 1];
        order.accept(large, position, waiting, () -> missing, out::add);
        assertThat(position.waiting).isZero();
    }

    @Test
    void whatCannotBeReadOrdersNothing() {
        accept(0, 2);
        FrameRecord garbage = TestingFrames.sent("yard", -1);
        garbage.problem = "TRUNCATED";
        garbage.reason = "Frame: the record ends";
        order.accept(garbage, position, waiting, () -> missing, out::add);
        assertThat(out).last().satisfies(task -> assertThat(task.fate).isEqualTo(Fate.DEAD_LETTERED));
        assertThat(position.waiting).isEqualTo(1);
    }

    @Test
    void withoutLatenessNothingWaits() {
        FrameOrder impatient = new FrameOrder(new FrameAdmission(), Duration.ZERO, Duration.ofSeconds(30));
        for (long sequence : new long[] {0, 2, 1}) {
            impatient.accept(TestingFrames.sent("yard", sequence), position, waiting, () -> missing, out::add);
        }
        assertThat(open()).containsExactly(0L, 2L);
        assertThat(out).last().satisfies(task -> assertThat(task.fate).isEqualTo(Fate.LATE));
    }

    /** Shuffled within the lateness, some sent twice: every frame once, in order, nothing late, nothing left. */
    @Property(tries = 200)
    void whatIsShuffledWithinTheLatenessIsPutInOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int reach) {
        Random random = new Random(seed);
        List<Long> sequences = new ArrayList<>();
        for (long sequence = 0; sequence < 60; sequence++) {
            sequences.add(sequence);
        }
        // The first stays: a job that joins in the middle cannot know what was before.
        for (int i = 1; i + reach < sequences.size(); i += reach + 1) {
            Collections.shuffle(sequences.subList(i, i + reach), random);
        }
        int sent = sequences.size();
        sequences.add(sequences.get(sent - 1));
        FrameOrderTest fresh = new FrameOrderTest();
        sequences.forEach(fresh::accept);
        assertThat(fresh.open()).hasSize(sent).isSorted().doesNotHaveDuplicates();
        assertThat(fresh.out).filteredOn(task -> task.fate != null).hasSize(1);
        assertThat(fresh.waiting.size()).isZero();
        assertThat(fresh.captured()).isEqualTo(sent);
    }

    private void accept(long... sequences) {
        for (long sequence : sequences) {
            order.accept(TestingFrames.sent("yard", sequence), position, waiting, () -> missing, out::add);
        }
    }

    /** Sequences that went on to be looked at, as they did. */
    private List<Long> open() {
        return out.stream()
                .filter(task -> task.fate == null)
                .map(task -> task.record.sequence)
                .toList();
    }

    private long captured() {
        return out.stream().mapToLong(task -> task.newlyCaptured).sum();
    }
}
