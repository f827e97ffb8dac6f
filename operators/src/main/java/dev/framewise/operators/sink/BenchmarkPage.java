package dev.framewise.operators.sink;

import dev.framewise.schemas.BenchmarkRow;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a scrape shows: the figures of the newest row of each device, model, precision and provider, made anew from the rows
 * each time, so that no series outlives its row. A row leaves after {@link #STALE_WINDOWS} windows of event time without a
 * newer one. Any thread may call; rows are few.
 */
final class BenchmarkPage implements MultiCollector {
    /** Windows of event time after which a row without a successor is taken off. */
    static final int STALE_WINDOWS = 6;

    /** By the values of the labels, so that a page is always in the same order. */
    private final Map<String, BenchmarkRow> newest = new TreeMap<>();

    /** End of the newest window seen, event time. */
    private long nowMicros = Long.MIN_VALUE;

    synchronized void show(BenchmarkRow row) {
        nowMicros = Math.max(nowMicros, row.getWindowEndMicros());
        newest.merge(String.join("\n", labels(PageMetric.Of.MODEL, row)), row, BenchmarkPage::newer);
        newest.values().removeIf(this::isStale);
    }

    private boolean isStale(BenchmarkRow row) {
        long windowMicros = row.getWindowEndMicros() - row.getWindowStartMicros();
        return nowMicros - row.getWindowEndMicros() > STALE_WINDOWS * windowMicros;
    }

    @Override
    public MetricSnapshots collect() {
        List<BenchmarkRow> models = rows();
        Map<String, BenchmarkRow> devices = new TreeMap<>();
        models.forEach(row -> devices.merge(row.getDevice(), row, BenchmarkPage::newer));
        MetricSnapshots.Builder page = MetricSnapshots.builder();
        for (PageMetric metric : PageMetric.values()) {
            GaugeSnapshot gauge = gauge(metric, metric.of() == PageMetric.Of.MODEL ? models : devices.values());
            if (!gauge.getDataPoints().isEmpty()) {
                page.metricSnapshot(gauge);
            }
        }
        return page.build();
    }

    private synchronized List<BenchmarkRow> rows() {
        return List.copyOf(newest.values());
    }

    private static GaugeSnapshot gauge(PageMetric metric, Collection<BenchmarkRow> rows) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(metric.metricName()).help(metric.help());
        for (BenchmarkRow row : rows) {
            metric.read(row, (value, more) -> {
                if (value != null) {
                    List<String> labels = new ArrayList<>(labels(metric.of(), row));
                    labels.addAll(List.of(more));
                    gauge.dataPoint(new GaugeDataPointSnapshot(
                            value, Labels.of(metric.labels(), labels), /* exemplar= */ null));
                }
            });
        }
        return gauge.build();
    }

    private static List<String> labels(PageMetric.Of of, BenchmarkRow row) {
        return switch (of) {
            case MODEL -> List.of(row.getDevice(), row.getModel(), row.getPrecision(), row.getProvider());
            case DEVICE -> List.of(row.getDevice());
        };
    }

    private static BenchmarkRow newer(BenchmarkRow one, BenchmarkRow other) {
        return other.getWindowEndMicros() >= one.getWindowEndMicros() ? other : one;
    }
}
