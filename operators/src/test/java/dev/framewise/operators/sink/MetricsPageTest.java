package dev.framewise.operators.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.operators.metric.OperatorGauge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds docs/metrics.md, the dashboard and the alerts to the metrics that there are. */
class MetricsPageTest {
    private static final Path REPO = Path.of("..");
    private static final Pattern PAGE_METRIC = Pattern.compile("\\bframewise_[a-z_]+");
    private static final Pattern REGISTRATION = Pattern.compile("\\.(counter|gauge|meter|histogram)\\(");

    @Test
    void theDocumentationHasALinePerMetricAndNoOther() throws IOException {
        List<String> lines = Files.readAllLines(REPO.resolve("docs/metrics.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(lines)
                .containsExactlyElementsOf(Stream.of(
                                Arrays.stream(PageMetric.values()).map(PageMetric::documentation),
                                Arrays.stream(OperatorCounter.values()).map(OperatorCounter::documentation),
                                Arrays.stream(OperatorGauge.values()).map(OperatorGauge::documentation))
                        .flatMap(Function.identity())
                        .toList());
    }

    @Test
    void noOperatorRegistersAMetricOfItsOwn() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> REGISTRATION.matcher(read(file)).find())
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("OperatorCounter.java", "OperatorGauge.java");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/grafana/framewise.json", "deploy/prometheus/rules.yml"})
    void whatIsDeployedAsksForMetricsThatThereAre(String file) {
        Set<String> known =
                Arrays.stream(PageMetric.values()).map(PageMetric::metricName).collect(Collectors.toSet());
        assertThat(PAGE_METRIC.matcher(read(REPO.resolve(file))).results().map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}
