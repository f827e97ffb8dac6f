package dev.framewise.benchmarks.batch;

import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.Rounds;
import dev.framewise.local.report.Percentiles;
import dev.framewise.schemas.InferenceSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What samples and CPU times say about batches. */
final class BatchFigures {
    /** What a busy machine may take to wake a thread: beyond it, a budget counts as broken. */
    static final Duration GRACE = Duration.ofMillis(2);

    private BatchFigures() {}

    /**
     * How full batches were, and whether a frame waited longer than allowed.
     *
     * @param samples of inferred frames, not empty
     * @param maxBatch slots
     * @param budget how long a frame may wait for company
     */
    static List<Figure> ofBatches(List<InferenceSample> samples, int maxBatch, Duration budget) {
        double batches = 0;
        int broken = 0;
        double worstMillis = Double.NEGATIVE_INFINITY;
        for (InferenceSample sample : samples) {
            batches += 1.0 / sample.getBatchSize();
            double overMillis = sample.getWaitMicros() / 1e3 - budget.toNanos() / 1e6;
            worstMillis = Math.max(worstMillis, overMillis);
            broken += overMillis > GRACE.toMillis() ? 1 : 0;
        }
        Percentiles wait = Percentiles.of(samples.stream()
                .mapToDouble(sample -> sample.getWaitMicros() / 1e3)
                .toArray());
        double budgetMillis = budget.toNanos() / 1e6;
        return List.of(
                Figure.of("batch.occupancy", samples.size() / batches, "frames").against("max batch", maxBatch),
                Figure.of("batch.frames", samples.size(), "frames"),
                Figure.of("batch.budgetViolations", broken, "frames"),
                Figure.of("batch.worstOverrunMillis", worstMillis, "ms"),
                Figure.of("batch.wait.p50Millis", wait.p50(), "ms").against("the budget", budgetMillis),
                Figure.of("batch.wait.p99Millis", wait.p99(), "ms").against("the budget", budgetMillis));
    }

    /**
     * The cost curve.
     *
     * @param millisPerFrame one name per number of cameras; the median of its rounds counts
     */
    static List<Figure> ofCosts(Rounds millisPerFrame) {
        List<String> names = millisPerFrame.names();
        double mean =
                names.stream().mapToDouble(millisPerFrame::median).average().orElseThrow();
        List<Figure> figures = new ArrayList<>();
        double largest = 0;
        for (String name : names) {
            double value = millisPerFrame.median(name);
            largest = Math.max(largest, Math.abs(value / mean - 1));
            figures.add(Figure.of(name, value, "CPU ms").against("mean of the curve", mean));
        }
        figures.add(Figure.of("batch.cost.largestDeviationPercent", /* value= */ 100 * largest, "%"));
        return figures;
    }
}
