package dev.framewise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureReportTest {
    private static final List<Figure> FIGURES = List.of(
            Figure.of("tracker.micros.8", 6, "CPU µs per frame").against("a peer", 12),
            Figure.of("tracker.bytes.8", 0, "bytes per frame"));

    @Test
    void jsonHasTheKeysThatOthersRead(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("figures.json");
        FigureReport.write(file, FIGURES);
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        assertThat(root.toString())
                .isEqualTo("{\"figures\":["
                        + "{\"name\":\"tracker.micros.8\",\"value\":6.0,\"unit\":\"CPU µs per frame\","
                        + "\"against\":\"a peer\",\"ratio\":0.5},"
                        + "{\"name\":\"tracker.bytes.8\",\"value\":0.0,\"unit\":\"bytes per frame\","
                        + "\"against\":null,\"ratio\":null}]}");
    }

    @Test
    void tableHasARowForEachFigure() {
        assertThat(FigureReport.table(FIGURES))
                .contains("tracker.micros.8  6.000  CPU µs per frame  0.500   a peer\n")
                .contains("tracker.bytes.8   0.000   bytes per frame\n");
    }

    @Test
    void whatIsNoNumberIsNoFigure() {
        assertThatThrownBy(() -> Figure.of("latency", Double.NaN, "ms"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("latency is NaN");
    }
}
