package dev.framewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.local.CommandProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theCommandLineFindsIt() {
        assertThat(ServiceLoader.load(CommandProvider.class))
                .extracting(CommandProvider::command)
                .hasExactlyElementsOfTypes(BenchCommand.class);
    }

    @Test
    void nonsenseIsWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("tracker", "--frames", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--frames is 0; allowed: 1 or more");
        assertThat(run("pipeline", "--rounds", "0")).isEqualTo(2);
        assertThat(run("inference", "--providers", "gpu")).isEqualTo(2);
        assertThat(err.toString()).contains("--providers is gpu: 'gpu' is no execution provider");
    }

    @Test
    void theTrackerIsMeasuredByObjects(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("tracker.json");
        assertThat(run("tracker", "--frames", "20", "--json", json.toString())).isZero();
        JsonNode figures = new ObjectMapper().readTree(json.toFile()).get("figures");
        assertThat(figures.findValuesAsText("name"))
                .contains("tracker.micros.8", "tracker.micros.100", "tracker.bytes.8", "tracker.bytes.100");
        assertThat(figures).allSatisfy(figure -> {
            assertThat(figure.get("value").isNumber()).isTrue();
            assertThat(figure.get("unit").isTextual()).isTrue();
            assertThat(figure.has("against")).isTrue();
            assertThat(figure.has("ratio")).isTrue();
        });
        // most of the objects are followed, or something else was measured
        JsonNode boxes = figures.get(figures.findValuesAsText("name").indexOf("tracker.boxes.100"));
        assertThat(boxes.get("value").asDouble()).isBetween(70.0, 100.0);
        assertThat(out.toString()).contains("tracker.micros.8");
        assertThat(err.toString()).contains("bench tracker: round 9 of 9");
    }

    private int run(String... args) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
