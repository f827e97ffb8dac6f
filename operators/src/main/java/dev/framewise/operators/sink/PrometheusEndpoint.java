package dev.framewise.operators.sink;

import dev.framewise.schemas.BenchmarkRow;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest benchmark row of each device, model and precision as a page that Prometheus scrapes: {@code GET /metrics}.
 * Metric names, units and labels: docs/metrics.md. Rows that stop coming leave the page after {@link #STALE_WINDOWS} windows
 * of event time. Written by one thread, scraped by any.
 */
final class PrometheusEndpoint implements AutoCloseable {
    /** Windows of event time without a row after which a series is taken off the page. */
    static final int STALE_WINDOWS = 6;

    private static final String[] LABELS = {"device", "model", "precision", "provider"};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Gauge fps = gauge("framewise_fps", "Frames tracked per second, mean of the window.", LABELS);
    private final Gauge maxFps = gauge("framewise_fps_max", "Most frames in one second of the window.", LABELS);
    private final Gauge frames = gauge("framewise_window_frames", "Frames tracked in the window.", LABELS);
    private final Gauge latency =
            gauge("framewise_latency_seconds", "Capture to track row; quantile 0 is the minimum.", with("quantile"));
    private final Gauge celsius =
            gauge("framewise_device_temperature_celsius", "Highest SoC temperature of the window.", "device");
    private final Gauge watts = gauge("framewise_device_power_watts", "Mean power of the window.", "device", "source");
    private final Gauge fpsPerWatt =
            gauge("framewise_fps_per_watt", "Frames tracked per second and watt.", with("source"));
    private final Map<String, BenchmarkRow> newest = new HashMap<>();
    private final HTTPServer server;

    PrometheusEndpoint(int port) throws IOException {
        server = HTTPServer.builder().port(port).registry(registry).buildAndStart();
    }

    /** The port it listens on; differs from the one asked for if that was 0. */
    int port() {
        return server.getPort();
    }

    void show(BenchmarkRow row) {
        newest.put(row.getDevice() + '\n' + row.getModel() + '\n' + row.getPrecision() + '\n' + row.getProvider(), row);
        newest.values().removeIf(old -> {
            long window = row.getWindowEndMicros() - row.getWindowStartMicros();
            boolean stale = row.getWindowEndMicros() - old.getWindowEndMicros() > STALE_WINDOWS * window;
            if (stale) {
                remove(old);
            }
            return stale;
        });
        String[] labels = labels(row);
        fps.labelValues(labels).set(row.getMeanFps());
        maxFps.labelValues(labels).set(row.getMaxFps());
        frames.labelValues(labels).set((double) row.getFrames());
        latency.labelValues(labels(row, "0")).set(row.getLatencyMinMillis() / 1_000);
        latency.labelValues(labels(row, "0.5")).set(row.getLatencyP50Millis() / 1_000);
        latency.labelValues(labels(row, "0.95")).set(row.getLatencyP95Millis() / 1_000);
        latency.labelValues(labels(row, "0.99")).set(row.getLatencyP99Millis() / 1_000);
        String source = source(row);
        if (row.getCelsiusMax() != null) {
            celsius.labelValues(row.getDevice()).set(row.getCelsiusMax());
        }
        if (row.getWattsMean() != null) {
            watts.labelValues(row.getDevice(), source).set(row.getWattsMean());
        }
        if (row.getFpsPerWatt() != null) {
            fpsPerWatt.labelValues(labels(row, source)).set(row.getFpsPerWatt());
        }
    }

    private void remove(BenchmarkRow row) {
        String[] labels = labels(row);
        fps.remove(labels);
        maxFps.remove(labels);
        frames.remove(labels);
        for (String quantile : new String[] {"0", "0.5", "0.95", "0.99"}) {
            latency.remove(labels(row, quantile));
        }
        celsius.remove(row.getDevice());
        watts.remove(row.getDevice(), source(row));
        fpsPerWatt.remove(labels(row, source(row)));
    }

    private static String[] labels(BenchmarkRow row, String... more) {
        String[] labels = {row.getDevice(), row.getModel(), row.getPrecision(), row.getProvider()};
        if (more.length == 0) {
            return labels;
        }
        return new String[] {labels[0], labels[1], labels[2], labels[3], more[0]};
    }

    private static String source(BenchmarkRow row) {
        return switch (row.getWattsSource()) {
            case MEASURED -> "measured";
            case ESTIMATED -> "estimated";
            case ABSENT -> "absent";
        };
    }

    private static String[] with(String label) {
        return new String[] {LABELS[0], LABELS[1], LABELS[2], LABELS[3], label};
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    @Override
    public void close() {
        server.close();
    }
}
