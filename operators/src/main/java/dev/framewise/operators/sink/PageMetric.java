package dev.framewise.operators.sink;

import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.PowerSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every metric of the page that Prometheus scrapes from the benchmark job: gauges, each the figure of the newest window. Each
 * has a line in docs/metrics.md, and a test fails where they differ.
 */
enum PageMetric {
    FPS("framewise_fps", "frames per second", "Frames tracked per second, mean of the window.", Of.MODEL) {
        @Override
        void read(BenchmarkRow row, Points points) {
            points.add(row.getMeanFps());
        }
    },
    FPS_MAX("framewise_fps_max", "frames per second", "Most frames in one second of the window.", Of.MODEL) {
        @Override
        void read(BenchmarkRow row, Points points) {
            points.add(row.getMaxFps());
        }
    },
    WINDOW_FRAMES("framewise_window_frames", "frames", "Frames tracked in the window.", Of.MODEL) {
        @Override
        void read(BenchmarkRow row, Points points) {
            points.add((double) row.getFrames());
        }
    },
    LATENCY(
            "framewise_latency_seconds",
            "seconds",
            "Capture to track row, quantiles of the window; quantile 0 is the minimum.",
            Of.MODEL,
            "quantile") {
        @Override
        void read(BenchmarkRow row, Points points) {
            points.add(seconds(row.getLatencyMinMillis()), "0");
            points.add(seconds(row.getLatencyP50Millis()), "0.5");
            points.add(seconds(row.getLatencyP95Millis()), "0.95");
            points.add(seconds(row.getLatencyP99Millis()), "0.99");
        }
    },
    FPS_PER_WATT(
            "framewise_fps_per_watt",
            "frames per second and watt",
            "Frames tracked per second and watt; absent where the watts are.",
            Of.MODEL,
            "source") {
        @Override
        void read(BenchmarkRow row, Points points) {
            points.add(row.getFpsPerWatt(), source(row.getWattsSource()));
        }
    },
    TEMPERATURE(
            "framewise_device_temperature_celsius",
            "degrees Celsius",
            "Highest SoC temperature of the window; absent where it could not be read.",
            Of.DEVICE) {
        @Override
        void read(BenchmarkRow row, Points points) {
            points.add(row.getCelsiusMax());
        }
    },
    POWER(
            "framewise_device_power_watts",
            "watts",
            "Mean power of the window; absent where it is neither measured nor estimated.",
            Of.DEVICE,
            "source") {
        @Override
        void read(BenchmarkRow row, Points points) {
            points.add(row.getWattsMean(), source(row.getWattsSource()));
        }
    },
    WINDOW_END(
            "framewise_window_end_timestamp_seconds",
            "seconds since 1970",
            "End of the newest window in which the device was heard, event time.",
            Of.DEVICE) {
        @Override
        void read(BenchmarkRow row, Points points) {
            points.add(row.getWindowEndMicros() / 1e6);
        }
    };

    /** What a figure is about, which its first labels name. */
    enum Of {
        MODEL,
        DEVICE;

        List<String> labels() {
            return this == DEVICE ? List.of("device") : List.of("device", "model", "precision", "provider");
        }
    }

    /** Takes the figures of one row. */
    @FunctionalInterface
    interface Points {
        /**
         * @param value null where the row has none: then there is no point
         * @param more value of the label that the metric has of its own, if it has one
         */
        void add(Double value, String... more);
    }

    private final String metricName;
    private final String unit;
    private final String help;
    private final Of of;
    /** Label of its own; null for none. */
    private final String own;

    PageMetric(String metricName, String unit, String help, Of of) {
        this(metricName, unit, help, of, /* own= */ null);
    }

    PageMetric(String metricName, String unit, String help, Of of, String own) {
        this.metricName = metricName;
        this.unit = unit;
        this.help = help;
        this.of = of;
        this.own = own;
    }

    /** Hands on the figures that the row has for this metric. */
    abstract void read(BenchmarkRow row, Points points);

    String metricName() {
        return metricName;
    }

    String help() {
        return help;
    }

    Of of() {
        return of;
    }

    /** Label names, those of {@link #of()} first. */
    List<String> labels() {
        List<String> labels = new ArrayList<>(of.labels());
        if (own != null) {
            labels.add(own);
        }
        return labels;
    }

    /** Its line in docs/metrics.md. */
    String documentation() {
        return "| `" + metricName + "` | " + unit + " | " + String.join(", ", labels()) + " | " + help + " |";
    }

    private static String source(PowerSource source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    private static Double seconds(Double millis) {
        return millis == null ? null : millis / 1_000;
    }
}
