package dev.framewise.benchmarks.soak;

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

class SoakCommandIT {
    /** Seconds say nothing about a leak; but every frame must be seen and every figure read. */
    @Test
    void everyFrameOfAShortRunIsSeen(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("soak.json");
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new SoakCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute("--duration", "PT4S", "--warm-up", "PT1S", "--every", "PT1S", "--json", json.toString());
        assertThat(exit).as(err.toString()).isZero();
        Map<String, JsonNode> figures = new HashMap<>();
        for (JsonNode figure : new ObjectMapper().readTree(json.toFile()).get("figures")) {
            figures.put(figure.get("name").asText(), figure);
        }
        assertThat(figures.get("soak.framesSeen").get("ratio").asDouble()).isEqualTo(1);
        assertThat(figures.get("soak.rss").get("value").asDouble())
                .isGreaterThan(figures.get("soak.outsideHeap").get("value").asDouble());
        assertThat(figures.get("soak.javacpp").get("value").asDouble()).isPositive();
        assertThat(figures.get("soak.fileDescriptors").get("value").asDouble()).isPositive();
    }
}
