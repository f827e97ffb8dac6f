package dev.framewise.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.framewise.local.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demo itself, three seconds of it: every part real, every frame accounted for. */
final class DemoIT {
    private static final int FRAMES = 30;

    @TempDir
    Path directory;

    @Test
    void everyCapturedFrameIsInTheLedgerAndOnThePage() throws Exception {
        Path json = directory.resolve("report.json");
        StringWriter out = new StringWriter();

        int code = new CommandLine(new DemoCommand())
                .setOut(new PrintWriter(out))
                .execute("--frames", "" + FRAMES, "--interval", "2", "--headless", "--report", json.toString());

        assertThat(code).as(out.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.at("/cameras")).hasSize(2);
        for (JsonNode camera : report.at("/cameras")) {
            assertThat(camera.at("/captured").asInt()).isEqualTo(FRAMES);
            assertThat(camera.at("/fates/inferred").asInt()).isEqualTo(FRAMES / 2);
            assertThat(camera.at("/fates/predicted").asInt()).isEqualTo(FRAMES / 2);
            assertThat(camera.at("/latencyMillis/p99").asDouble()).isPositive();
        }
        assertThat(report.at("/cameras/1/camera").asText()).isEqualTo("pets09-s2l1");
        assertThat(report.at("/cameras/1/tracks").asInt()).isPositive();
        assertThat(report.at("/devices")).hasSize(2);
        assertThat(report.at("/devices/1/peakCelsius").asDouble())
                .as("warm at the start")
                .isGreaterThan(69);
        assertThat(report.at("/devices/1/wattsSource").asText()).isEqualTo("estimated");
        assertThat(report.at("/firstTrackSeconds").asDouble()).isPositive();
        Path folder = Home.directory().resolve("demo");
        assertThat(folder.resolve("index.html"))
                .content()
                .contains("data:image/jpeg;base64,")
                .contains(">balanced<");
        assertThat(folder.resolve("pets09-s2l1.svg")).isRegularFile();
        assertThat(folder.resolve("work")).doesNotExist();
        try (var files = Files.walk(folder.resolve("benchmarks"))) {
            assertThat(files.filter(Files::isRegularFile)).as("Parquet files").isNotEmpty();
        }
    }
}
