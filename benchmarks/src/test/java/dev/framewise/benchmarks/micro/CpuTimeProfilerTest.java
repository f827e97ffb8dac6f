package dev.framewise.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.detect.ThreadCpu;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.Result;

class CpuTimeProfilerTest {
    private static final long WORK_NANOS = 50_000_000;

    @Test
    void whatWasUsedIsDividedByAllThatWasDone() {
        CpuTimeProfiler profiler = new CpuTimeProfiler();
        profiler.beforeIteration(/* benchmark= */ null, /* iteration= */ null);
        long inside = ThreadCpu.nanos();
        while (ThreadCpu.nanos() - inside < WORK_NANOS) {
            Thread.onSpinWait();
        }

        Collection<? extends Result<?>> results =
                profiler.afterIteration(null, null, iteration(/* all= */ 1_000, /* measured= */ 10));

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.getLabel()).isEqualTo(CpuTimeProfiler.RESULT);
            // the process's clock may tick in hundredths of a second, and other threads may have worked, too
            assertThat(result.getScore() * 1_000 * 1e3).isGreaterThan(WORK_NANOS - 20_000_000.0);
        });
    }

    @Test
    void anIterationThatDidNothingHasNoCost() {
        CpuTimeProfiler profiler = new CpuTimeProfiler();
        profiler.beforeIteration(null, null);
        assertThat(profiler.afterIteration(null, null, iteration(0, 0))).isEmpty();
    }

    private static IterationResult iteration(long all, long measured) {
        return new IterationResult(
                /* benchmarkParams= */ null, /* params= */ null, new IterationResultMetaData(all, measured));
    }
}
