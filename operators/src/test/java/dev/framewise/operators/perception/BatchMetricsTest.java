package dev.framewise.operators.perception;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class BatchMetricsTest {
    private final Map<String, Metric> metrics = new HashMap<>();

    @Test
    void whatIsToldOfBatchesIsWhatTheMetricsSay() {
        BatchMetrics told = new BatchMetrics(new TestingGroup(), /* slots= */ 8, Duration.ofMillis(60));
        assertThat(((Gauge<?>) metrics.get("batchOccupancy")).getValue()).isEqualTo(0.0);
        told.ran(/* frames= */ 8, /* waitNanos= */ 62_000_000, /* runNanos= */ 10_000_000);
        told.ran(/* frames= */ 4, /* waitNanos= */ 62_000_001, /* runNanos= */ 5_000_000);
        assertThat(count("batches")).isEqualTo(2);
        assertThat(count("batchedFrames")).isEqualTo(12);
        assertThat(count("batchWaitMicros")).isEqualTo(124_000);
        assertThat(count("batchRunMicros")).isEqualTo(15_000);
        assertThat(count("budgetViolations"))
                .as("2 ms are forgiven, and not more")
                .isEqualTo(1);
        assertThat(((Gauge<?>) metrics.get("batchOccupancy")).getValue()).isEqualTo(0.75);
    }

    private long count(String name) {
        return ((Counter) metrics.get(name)).getCount();
    }

    /** A group that keeps what is registered. */
    private final class TestingGroup extends UnregisteredMetricsGroup {
        @Override
        public Counter counter(String name) {
            Counter counter = super.counter(name);
            metrics.put(name, counter);
            return counter;
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            metrics.put(name, gauge);
            return gauge;
        }
    }
}
