package dev.framewise.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.benchmarks.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroCommandTest {
    @Test
    void encodingOfPlanesIsReadAgainstTheWayThroughBgrOfTheSameRun() {
        List<Figure> figures = List.of(
                Figure.of("micro.PictureBenchmark.encodeByBgr.cpu", 4000, "CPU us/op"),
                Figure.of("micro.PictureBenchmark.encodePlanes.cpu", 1000, "CPU us/op"),
                Figure.of("micro.PictureBenchmark.encodePlanes.bytes", 90_000, "B/op"));

        assertThat(MicroCommand.compared(figures))
                .containsExactly(
                        figures.get(0),
                        figures.get(1).against("micro.PictureBenchmark.encodeByBgr.cpu", 4000),
                        figures.get(2));
    }
}
