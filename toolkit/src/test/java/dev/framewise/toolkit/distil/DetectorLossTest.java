package dev.framewise.toolkit.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.framewise.toolkit.train.TorchEngine;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DetectorLossTest {
    private final GridTargets targets = new GridTargets(/* batch= */ 1, /* width= */ 32, /* height= */ 32);
    private NDManager memory;

    @BeforeEach
    void open() throws IOException {
        memory = TorchEngine.newManager();
        targets.clear();
        // centre (1.5, 1.5), two cells wide and high; narrow enough that one cell must know it
        targets.add(0, 4, 4, 20, 20, 1);
        java.util.Arrays.fill(targets.weights, 0);
        targets.weights[5] = 1;
    }

    @AfterEach
    void close() {
        memory.close();
    }

    /** A student that says one thing everywhere. */
    private Map<String, Float> losses(float offset, float logSize, float score) {
        Shape pairs = new Shape(1, 2, 4, 4);
        var parts = DetectorLoss.of(
                        Map.of(
                                StudentDetector.CENTRE, memory.full(pairs, offset),
                                StudentDetector.SIZE, memory.full(pairs, logSize),
                                StudentDetector.SCORE, memory.full(new Shape(1, 1, 4, 4), score)),
                        targets,
                        /* batch= */ 1,
                        memory)
                .parts();
        return Map.of(
                "scores",
                parts.get("scores").getFloat(),
                "boxes",
                parts.get("boxes").getFloat());
    }

    @Test
    void theRightBoxCostsNothing() {
        assertThat(losses(0.5f, (float) Math.log(2), 0).get("boxes")).isCloseTo(0, within(1e-5f));
    }

    @Test
    void aBoxCostsOneLessItsGiou() {
        // one cell to the right and down: 1 of 4 + 4 - 1 cells shared, hull of 9
        assertThat(losses(1.5f, (float) Math.log(2), 0).get("boxes")).isCloseTo(1 - (1 / 7f - 2 / 9f), within(1e-4f));
        // four cells away: nothing shared, hull of 36
        assertThat(losses(4.5f, (float) Math.log(2), 0).get("boxes")).isCloseTo(1 + (36 - 8) / 36f, within(1e-4f));
    }

    @Test
    void scoresCostTheQualityFocalLoss() {
        double expected = 0;
        double amount = 0;
        for (float target : targets.scores) {
            expected += (0.5 - target) * (0.5 - target) * Math.log(2);
            amount += target;
        }

        assertThat((double) losses(0.5f, 0, 0).get("scores")).isCloseTo(expected / amount, within(1e-5));
    }
}
