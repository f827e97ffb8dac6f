package dev.framewise.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.inference.ModelTuner.Choice;
import dev.framewise.operators.inference.Tuning.Aim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;

class ModelTunerTest {
    private static final Duration BUDGET = Duration.ofMillis(40);
    private final List<String> opened = new ArrayList<>();
    private long nowNanos;
    private int runs;
    private boolean rested;
    private int afterRests;
    /** Each run after a rest takes so much longer, microseconds per thread; every third one is disturbed. */
    private long wakingMicros;

    @Test
    void onACpuBatchingBuysNothingAndOneThreadPerSessionWins() throws Exception {
        assertThat(choose(ModelTunerTest::cpuMicros, 0, new Tuning(Tuning.AUTO, Tuning.AUTO, Aim.THROUGHPUT, BUDGET)))
                .isEqualTo(new Choice(/* maxBatch= */ 1, /* threads= */ 1));
    }

    @Test
    void whereCoresAreIdleTwoThreadsAnswerSooner() throws Exception {
        assertThat(choose(
                        ModelTunerTest::cpuMicros, 0, new Tuning(/* maxBatch= */ 4, Tuning.AUTO, Aim.LATENCY, BUDGET)))
                .isEqualTo(new Choice(/* maxBatch= */ 4, /* threads= */ 2));
    }

    @Test
    void forLatencyWhatCountsIsARunAfterAPauseAsBehindACamera() throws Exception {
        wakingMicros = 2_000;
        assertThat(choose(ModelTunerTest::cpuMicros, 0, new Tuning(1, Tuning.AUTO, Aim.LATENCY, BUDGET)))
                .as("14 + 2 ms against 11 + 4 ms")
                .isEqualTo(new Choice(1, 2));
        wakingMicros = 4_000;
        assertThat(choose(ModelTunerTest::cpuMicros, 0, new Tuning(1, Tuning.AUTO, Aim.LATENCY, BUDGET)))
                .as("14 + 4 ms against 11 + 8 ms")
                .isEqualTo(new Choice(1, 1));
        assertThat(choose(
                        (frames, threads) -> threads == 1 ? 14_000 : 6_000,
                        0,
                        new Tuning(1, Tuning.AUTO, Aim.THROUGHPUT, BUDGET)))
                .as("6 ms on two cores are 12: runs of a busy machine follow each other")
                .isEqualTo(new Choice(1, 2));
    }

    @Test
    void onAGpuTheBatchIsTheSmallestThatIsNextToTheBest() throws Exception {
        assertThat(choose(
                        ModelTunerTest::gpuMicros,
                        0,
                        new Tuning(Tuning.AUTO, /* threads= */ 1, Aim.THROUGHPUT, BUDGET)))
                .isEqualTo(new Choice(ModelTuner.LARGEST, 1));
        assertThat(choose((frames, threads) -> 300 + 200 * frames, 0, new Tuning(Tuning.AUTO, 1, Aim.LATENCY, BUDGET)))
                .as("219 us a frame in batches of 16, 209 in batches of 32")
                .isEqualTo(new Choice(16, 1));
    }

    @Test
    void aBatchThatRunsLongerThanAFrameMayWaitIsNotChosenNorTried() throws Exception {
        assertThat(choose(
                        ModelTunerTest::gpuMicros, 0, new Tuning(Tuning.AUTO, 1, Aim.THROUGHPUT, Duration.ofMillis(4))))
                .isEqualTo(new Choice(/* maxBatch= */ 4, 1));
        assertThat(choose(
                        ModelTunerTest::cpuMicros, 0, new Tuning(Tuning.AUTO, 1, Aim.THROUGHPUT, Duration.ofMillis(5))))
                .isEqualTo(new Choice(/* maxBatch= */ 1, 1));
        assertThat(runs).as("four sizes and one, each at most eight times").isLessThanOrEqualTo(8 * 6);
    }

    @Test
    void aFixedBatchIsWhatItIs() throws Exception {
        assertThat(choose(
                        ModelTunerTest::gpuMicros,
                        /* fixedBatch= */ 4,
                        new Tuning(Tuning.AUTO, 1, Aim.THROUGHPUT, BUDGET)))
                .isEqualTo(new Choice(4, 1));
    }

    @Test
    void withNothingToFindOutNothingIsOpened() throws Exception {
        assertThat(choose(ModelTunerTest::cpuMicros, 0, new Tuning(8, 2, Aim.THROUGHPUT, BUDGET)))
                .isEqualTo(new Choice(8, 2));
        assertThat(opened).isEmpty();
    }

    private void rest(long nanos) {
        nowNanos += nanos;
        rested = true;
    }

    /** 14 ms a frame however many; two threads do it in 11. */
    private static long cpuMicros(long frames, long threads) {
        return frames * (threads == 1 ? 14_000 : 11_000);
    }

    /** 3 ms to begin with, and 0.2 ms a frame. */
    private static long gpuMicros(long frames, long threads) {
        return 3_000 + 200 * frames;
    }

    private Choice choose(LongBinaryOperator micros, int fixedBatch, Tuning wish) throws Exception {
        ModelTuner tuner = new ModelTuner(() -> nowNanos, this::rest, /* cores= */ 2);
        return tuner.choose(
                "testing",
                (maxBatch, threads) -> {
                    opened.add(maxBatch + "x" + threads);
                    return new TestingTrial(fixedBatch, threads, micros);
                },
                wish);
    }

    private final class TestingTrial implements ModelTuner.Trial {
        private final int fixedBatch;
        private final int threads;
        private final LongBinaryOperator micros;

        TestingTrial(int fixedBatch, int threads, LongBinaryOperator micros) {
            this.fixedBatch = fixedBatch;
            this.threads = threads;
            this.micros = micros;
        }

        @Override
        public int fixedBatch() {
            return fixedBatch;
        }

        @Override
        public void run(int frames) {
            runs++;
            nowNanos += 1_000 * micros.applyAsLong(frames, threads);
            if (rested) {
                boolean disturbed = afterRests++ % 3 == 0;
                nowNanos += 1_000 * (threads * wakingMicros + (disturbed ? 50_000 : 0));
                rested = false;
            }
        }

        @Override
        public void close() {}
    }
}
