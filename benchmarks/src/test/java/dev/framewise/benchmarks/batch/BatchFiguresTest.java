package dev.framewise.benchmarks.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.benchmarks.Figure;
import dev.framewise.benchmarks.Rounds;
import dev.framewise.schemas.InferenceSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BatchFiguresTest {
    private final List<InferenceSample> samples = new ArrayList<>();

    @Test
    void occupancyIsFramesPerBatchAndABudgetIsBrokenBeyondItsGrace() {
        batch(8, /* waitMillis= */ 60);
        batch(8, /* waitMillis= */ 68);
        batch(2, /* waitMillis= */ 70);
        Map<String, Double> values = values(BatchFigures.ofBatches(samples, /* maxBatch= */ 8, Duration.ofMillis(67)));
        assertThat(values.get("batch.occupancy")).isCloseTo(6, within(1e-9));
        assertThat(values.get("batch.budgetViolations")).isEqualTo(2);
        assertThat(values.get("batch.worstOverrunMillis")).isCloseTo(3, within(1e-9));
        assertThat(values.get("batch.wait.p50Millis")).isEqualTo(68);
    }

    @Test
    void theCurveIsHeldAgainstItsMean() {
        Rounds rounds = new Rounds();
        for (double noise : new double[] {0, 5, 0.1}) {
            rounds.add("batch.cost.1cameras.cpuMillisPerFrame", 1.8 + noise);
            rounds.add("batch.cost.64cameras.cpuMillisPerFrame", 2.0 + noise);
        }
        Map<String, Double> values = values(BatchFigures.ofCosts(rounds));
        assertThat(values.get("batch.cost.1cameras.cpuMillisPerFrame")).isCloseTo(1.9, within(1e-9));
        assertThat(values.get("batch.cost.largestDeviationPercent")).isCloseTo(5, within(1e-9));
    }

    private void batch(int size, long waitMillis) {
        for (int i = 0; i < size; i++) {
            InferenceSample sample = new InferenceSample();
            sample.setBatchSize(size);
            sample.setWaitMicros(waitMillis * 1_000);
            samples.add(sample);
        }
    }

    private static Map<String, Double> values(List<Figure> figures) {
        return figures.stream().collect(Collectors.toMap(Figure::name, Figure::value));
    }
}
