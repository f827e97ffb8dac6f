package dev.framewise.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonReportTest {
    @TempDir
    Path directory;

    @Test
    void hasTheKeysOfTheCommandLineContract() throws IOException {
        JsonNode json = writtenAndRead(TestingReports.balanced());

        JsonNode gate = json.at("/cameras/1");
        assertThat(gate.at("/camera").asText()).isEqualTo("gate <north>");
        assertThat(gate.at("/captured").asLong()).isEqualTo(900);
        assertThat(gate.at("/fates/inferred").asLong()).isEqualTo(500);
        assertThat(gate.at("/fates/throttled").asLong()).isEqualTo(398);
        assertThat(gate.at("/fates/dead-lettered").asLong(-1)).isZero();
        assertThat(gate.at("/tracks").asLong()).isEqualTo(21);
        assertThat(gate.at("/fps").asDouble()).isEqualTo(9.98);
        assertThat(gate.at("/latencyMillis/p50").asDouble()).isEqualTo(50);
        assertThat(gate.at("/latencyMillis/p95").asDouble()).isEqualTo(95);
        assertThat(gate.at("/latencyMillis/p99").asDouble()).isEqualTo(99);
        assertThat(json.at("/devices/1/device").asText()).isEqualTo("board-b");
        assertThat(json.at("/devices/1/peakCelsius").asDouble()).isEqualTo(80.25);
        assertThat(json.at("/devices/1/directives").asLong()).isEqualTo(14);
        assertThat(json.at("/devices/1/fpsPerWatt").asDouble()).isEqualTo(1.234);
        assertThat(json.at("/devices/1/wattsSource").asText()).isEqualTo("estimated");
        assertThat(json.at("/cpuMillisPerFrame/inference").asDouble()).isEqualTo(14.9);
        assertThat(json.at("/elapsedSeconds").asDouble()).isEqualTo(104.2);
    }

    @Test
    void aFigureThatDoesNotExistIsNull() throws IOException {
        JsonNode json = writtenAndRead(TestingReports.empty());

        assertThat(json.at("/cameras/0/fps").isNull()).isTrue();
        assertThat(json.at("/cameras/0/latencyMillis/p99").isNull()).isTrue();
        assertThat(json.at("/devices/0/peakCelsius").isNull()).isTrue();
        assertThat(json.at("/devices/0/fpsPerWatt").isNull()).isTrue();
    }

    private JsonNode writtenAndRead(DemoReport report) throws IOException {
        Path file = directory.resolve("report.json");
        JsonReport.write(report, file);
        return new ObjectMapper().readTree(file.toFile());
    }
}
