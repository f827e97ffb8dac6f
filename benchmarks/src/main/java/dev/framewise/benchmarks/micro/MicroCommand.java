package dev.framewise.benchmarks.micro;

import dev.framewise.benchmarks.BenchOutput;
import dev.framewise.benchmarks.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code framewise bench micro}: the JMH benchmarks of this package. */
@Command(
        name = "micro",
        description = {
            "JMH benchmarks of single stages: time, CPU time and allocated memory.",
            "JMH's own time is wall time; on a busy machine read the CPU time (.cpu), which is what 'bench tracker' prints, too."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class MicroCommand implements Callable<Integer> {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    /** Benchmarks of which one is read against another, by its name. */
    private static final Map<String, String> COMPARED =
            Map.of("micro.PictureBenchmark.encodePlanes", "micro.PictureBenchmark.encodeByBgr");

    @Parameters(
            paramLabel = "REGEX",
            arity = "0..1",
            defaultValue = ".*",
            description = "Which benchmarks. Default: all")
    private String which;

    @Mixin
    private BenchOutput output;

    @Override
    public Integer call() throws RunnerException, IOException {
        output.progress("JMH, a JVM of its own for each benchmark");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(which)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuTimeProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        List<Figure> figures = new ArrayList<>();
        for (RunResult result : results) {
            String name = name(result.getParams());
            Result<?> primary = result.getPrimaryResult();
            figures.add(Figure.of(name, primary.getScore(), primary.getScoreUnit()));
            Result<?> cpu = result.getSecondaryResults().get(CpuTimeProfiler.RESULT);
            if (cpu != null) {
                figures.add(Figure.of(name + ".cpu", cpu.getScore(), cpu.getScoreUnit()));
            }
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            if (allocated != null) {
                figures.add(Figure.of(name + ".bytes", allocated.getScore(), allocated.getScoreUnit()));
            }
        }
        output.show(compared(figures));
        return 0;
    }

    /** The figures, those with a ratio whose other side was measured in the same run, too. */
    static List<Figure> compared(List<Figure> figures) {
        Map<String, Double> values = figures.stream().collect(Collectors.toMap(Figure::name, Figure::value));
        List<Figure> all = new ArrayList<>();
        for (Figure figure : figures) {
            Figure shown = figure;
            for (Map.Entry<String, String> pair : COMPARED.entrySet()) {
                String other = figure.name().replace(pair.getKey(), pair.getValue());
                if (!other.equals(figure.name()) && values.containsKey(other)) {
                    shown = figure.against(other, values.get(other));
                }
            }
            all.add(shown);
        }
        return all;
    }

    /** Such as {@code micro.TrackerBenchmark.update.objects=8}. */
    private static String name(BenchmarkParams params) {
        String[] path = params.getBenchmark().split("\\.");
        Map<String, String> values = new TreeMap<>();
        params.getParamsKeys().forEach(key -> values.put(key, params.getParam(key)));
        String suffix = values.entrySet().stream()
                .map(value -> "." + value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining());
        return "micro." + path[path.length - 2] + "." + path[path.length - 1] + suffix;
    }
}
