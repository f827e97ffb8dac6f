package dev.framewise.toolkit;

import dev.framewise.toolkit.bench.BenchReport;
import dev.framewise.toolkit.bench.BenchRow;
import dev.framewise.toolkit.bench.ModelBench;
import dev.framewise.toolkit.graph.WholeFile;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.provider.ProviderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewise model bench}: what a model takes here. */
@Command(
        name = "bench",
        description = "Measures latency and throughput of a model for providers, threads, batches and picture sizes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
    private static final int MOST = 256;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Name in the asset catalog, or an ONNX file")
    private String model;

    @Option(
            names = "--providers",
            paramLabel = "LIST",
            defaultValue = "cpu",
            description = "Providers, as the job takes them (default: cpu)")
    private String providers;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2",
            description = "Threads of one run (default: 1,2)")
    private List<Integer> threads;

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "1",
            description = "Pictures of one run (default: 1)")
    private List<Integer> batches;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            split = ",",
            description = "Picture sizes to declare, such as 320x320,640x640 (default: the model's)")
    private List<String> sizes = new ArrayList<>();

    @Option(names = "--runs", paramLabel = "N", defaultValue = "100", description = "Runs that count (default: 100)")
    private int runs;

    @Option(names = "--watts", paramLabel = "W", description = "What the machine takes meanwhile, where that is known")
    private Double watts;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there, as JSON")
    private Path json;

    @Option(names = "--chart", paramLabel = "FILE", description = "Write a chart there, as SVG")
    private Path chart;

    @Override
    public Integer call() throws ModelException, IOException {
        List<ProviderOptions> asked = check();
        Path file = NamedModel.find(model);
        ModelBench bench = new ModelBench(file, runs);
        List<BenchRow> rows = new ArrayList<>();
        Progress progress = new Progress(spec.commandLine().getErr());
        for (ProviderOptions provider : asked) {
            for (int count : threads) {
                for (int batch : batches) {
                    for (String size : sizes.isEmpty() ? List.of("") : sizes) {
                        progress.stage(provider + ", " + count + " threads, batch " + batch + " " + size, 1);
                        rows.add(bench.run(provider, count, batch, size));
                    }
                }
            }
        }
        String precision;
        try (Detector detector = Detector.open(file, DetectorOptions.defaults())) {
            precision = detector.info().precision();
        }
        BenchReport report = new BenchReport(
                file.getFileName().toString(),
                precision,
                Files.size(file),
                rows,
                watts == null ? OptionalDouble.empty() : OptionalDouble.of(watts));
        if (json != null) {
            WholeFile.write(json, report.json());
        }
        if (chart != null) {
            WholeFile.write(chart, report.chart());
        }
        spec.commandLine().getOut().print(report.text());
        spec.commandLine().getOut().flush();
        return rows.stream().anyMatch(row -> row.problem().isEmpty()) ? 0 : 1;
    }

    private List<ProviderOptions> check() {
        List<String> problems = new ArrayList<>();
        threads.stream()
                .filter(n -> n < 1 || n > MOST)
                .forEach(n -> problems.add("--threads " + n + "; allowed: 1 to " + MOST));
        batches.stream()
                .filter(n -> n < 1 || n > MOST)
                .forEach(n -> problems.add("--batch " + n + "; allowed: 1 to " + MOST));
        sizes.stream()
                .filter(size -> !size.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}"))
                .forEach(size -> problems.add("--size " + size + "; allowed: width x height, such as 416x384"));
        if (runs < 1) {
            problems.add("--runs " + runs + "; allowed: from 1");
        }
        if (watts != null && !(watts > 0)) {
            problems.add("--watts " + watts + "; allowed: above 0");
        }
        try {
            List<ProviderOptions> asked = ProviderOptions.parseList(providers);
            if (problems.isEmpty()) {
                return asked;
            }
        } catch (IllegalArgumentException e) {
            problems.add("--providers: " + e.getMessage());
        }
        throw new ParameterException(spec.commandLine(), String.join("; ", problems));
    }
}
