package dev.framewise.benchmarks.micro;

import dev.framewise.local.CpuTime;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time of an operation: of the whole process that JMH forked for the benchmark, collector and compiler included, over all it did in an
 * iteration. JMH's own score is wall time, and on a machine with something else to do that says how long the benchmark waited. JMH makes it in
 * the forked process and calls it there, on the thread that runs the iterations.
 */
public final class CpuTimeProfiler implements InternalProfiler {
    /** Name of its result. */
    static final String RESULT = "cpu.time.norm";

    private long startNanos;

    @Override
    public String getDescription() {
        return "CPU time of the process per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        startNanos = CpuTime.processNanos();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long nanos = CpuTime.processNanos() - startNanos;
        long operations = result.getMetadata().getAllOps();
        return operations == 0
                ? List.of()
                : List.of(new ScalarResult(RESULT, nanos / 1e3 / operations, "CPU us/op", AggregationPolicy.AVG));
    }
}
