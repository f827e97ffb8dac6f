package dev.framewise.toolkit.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.toolkit.fold.Equivalence;
import dev.framewise.toolkit.graph.Graph;
import dev.framewise.toolkit.graph.GraphChecker;
import dev.framewise.toolkit.graph.TestingGraph;
import dev.framewise.vision.detect.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfWriterTest {
    /** Values and their halves, from IEEE 754's definition. */
    @ParameterizedTest
    @CsvSource({
        "0, 0000",
        "-0.0, 8000",
        "1, 3c00",
        "-2, c000",
        "65504, 7bff",
        "0.333333343, 3555",
        "6.1035156e-5, 0400",
        "6.0975552e-5, 03ff",
        "5.9604645e-8, 0001",
        "2.9802322e-8, 0000",
        "4.4703484e-8, 0001",
        "1.00048828125, 3c00",
        "1.00146484375, 3c02",
        "65519, 7bff",
        "65520, 7c00"
    })
    void roundsAsTheStandardSays(float value, String half) {
        assertThat(String.format("%04x", HalfWriter.toHalf(value) & 0xffff)).isEqualTo(half);
    }

    @Test
    void takesAndGivesFloats() throws Exception {
        Graph before = Graph.of(new TestingGraph()
                .input("x", 1, 3, 8, 8)
                .scaled("w", 0.01f, -1, 4, 3, 3, 3)
                .random("b", 4)
                .floats("scales", 1, 1, 2, 2)
                .node("Conv", "a", "x", "w", "b")
                .node("Relu", "r", "a")
                .node("Resize", "y", "r", "", "scales")
                .output("y", 1, 4, 12, 12)
                .model());
        Graph halves = before.copy();
        HalfWriter.write(halves);
        assertThat(GraphChecker.check(halves.toModel())).isEmpty();
        Equivalence apart = Equivalence.of(before.toModel(), halves.toModel(), 1);
        assertThat(apart.maxDifference()).isPositive().isLessThan(2e-3 * Math.max(1, apart.maxAbs()));
    }

    @Test
    void aConstantTooLargeIsAnErrorInWords() {
        Graph graph = Graph.of(new TestingGraph()
                .input("x", 1, 2)
                .floats("k", 1, 70_000)
                .node("Mul", "y", "x", "k")
                .output("y", 1, 2)
                .model());
        assertThatThrownBy(() -> HalfWriter.write(graph))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("constant k holds 70000.0");
    }
}
