package dev.framewise.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PipelineCommandIT {
    /** A short run through the real broker and the real Flink. What it measures says nothing, but it must add up. */
    @Test
    void aShortRunGivesEveryFigureOfTheContract(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("pipeline.json");
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new PipelineCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(
                        "--frames",
                        "40",
                        "--rounds",
                        "1",
                        "--warm-up",
                        "1",
                        "--seconds",
                        "1",
                        "--published",
                        "framewise-person-416",
                        "--json",
                        json.toString());
        assertThat(exit).as(err.toString()).isZero();
        Map<String, Double> values = new HashMap<>();
        for (JsonNode figure : new ObjectMapper().readTree(json.toFile()).get("figures")) {
            values.put(figure.get("name").asText(), figure.get("value").asDouble());
        }
        assertThat(values)
                .containsKeys(
                        "pipeline.throughput.ratioToCeiling",
                        "pipeline.throughput.ratioToPublished",
                        "pipeline.overhead.cpuMillisPerFrame",
                        "pipeline.interval3.flow.cpuMillisPerFrame",
                        "pipeline.interval3.metadata.cpuMillisPerFrame",
                        "pipeline.latency.p50Millis",
                        "pipeline.latency.p99Millis");
        // CPU times of threads are read once a second, and all of this takes two: what is left when others are taken
        // off may
        // be less than nothing.
        double overhead = values.remove("pipeline.overhead.cpuMillisPerFrame");
        values.remove("pipeline.jvm.cpuMillisPerFrame");
        assertThat(values.values()).allSatisfy(value -> assertThat(value).isNotNegative());
        assertThat(values.get("pipeline.latency.p50Millis")).isBetween(1.0, values.get("pipeline.latency.p99Millis"));
        assertThat(values.get("pipeline.throughput.ratioToPublished"))
                .as("of a network a sixth as expensive")
                .isLessThan(0.5 * values.get("pipeline.throughput.ratioToCeiling"));
        assertThat(overhead).isLessThan(values.get("pipeline.process.cpuMillisPerFrame"));
        assertThat(values.get("pipeline.stage.inference.cpuMillisPerFrame"))
                .as("of the same order as all that the tasks do")
                .isBetween(
                        0.3 * values.get("pipeline.tasks.cpuMillisPerFrame"),
                        3 * values.get("pipeline.tasks.cpuMillisPerFrame"));
    }
}
