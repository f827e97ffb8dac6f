package dev.framewise.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options of the {@link BenchmarkJob}. */
@Command(
        name = "benchmark",
        description = "Aggregates the continuous benchmark: samples and telemetry in; rows, a Prometheus page and "
                + "Parquet files out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class BenchmarkOptions extends KafkaOptions<BenchmarkOptions> {
    private Duration window = Duration.ofMinutes(1);
    private String parquet;
    private Integer prometheusPort;

    public BenchmarkOptions() {
        super("framewise-benchmark");
    }

    @Override
    BenchmarkOptions self() {
        return this;
    }

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            defaultValue = "PT1M",
            description = "Length of a window, event time, at least PT1S. Default: ${DEFAULT-VALUE}")
    public BenchmarkOptions window(Duration value) {
        window = atLeast(Duration.ofSeconds(1), value, "--window");
        return this;
    }

    @Option(
            names = "--parquet",
            paramLabel = "URI",
            description = "Directory for Parquet files, such as s3://bucket/benchmarks. Default: none are written")
    public BenchmarkOptions parquet(String value) {
        parquet = value;
        return this;
    }

    @Option(
            names = "--prometheus-port",
            paramLabel = "PORT",
            description = "Serve the newest rows to Prometheus on this port of the TaskManager; 0 for any. "
                    + "Default: not served")
    public BenchmarkOptions prometheusPort(int value) {
        require(value >= 0 && value <= 65_535, "--prometheus-port", value, "0 to 65535");
        prometheusPort = value;
        return this;
    }

    public Duration window() {
        return window;
    }

    public Optional<String> parquet() {
        return Optional.ofNullable(parquet);
    }

    public OptionalInt prometheusPort() {
        return prometheusPort == null ? OptionalInt.empty() : OptionalInt.of(prometheusPort);
    }
}
