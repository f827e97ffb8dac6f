package dev.framewise.toolkit.distil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleMakerTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 256;

    private final SampleMaker samples =
            new SampleMaker(List.of(TestingScenes.scene()), WIDTH, HEIGHT, 20, /* seed= */ 5);
    private final GridTargets targets = new GridTargets(/* batch= */ 1, WIDTH, HEIGHT);
    private final float[] pixels = new float[3 * WIDTH * HEIGHT];

    private void make(long number) {
        targets.clear();
        samples.make(number, pixels, /* picture= */ 0, targets);
    }

    @Test
    void aPictureDependsOnItsNumberAlone() {
        make(3);
        float[] first = pixels.clone();
        float[] scores = targets.scores.clone();
        make(4);
        assertThat(pixels).isNotEqualTo(first);

        make(3);

        assertThat(pixels).isEqualTo(first);
        assertThat(targets.scores).isEqualTo(scores);
    }

    @Test
    void boxesLieWhereTheirObjectsAreShownHoweverThePictureWasCutMirroredAndZoomed() {
        int boxes = 0;
        int cells = targets.rows * targets.columns;
        for (long number = 0; number < 60; number++) {
            make(number);
            for (int cell = 0; cell < cells; cell++) {
                if (targets.scores[cell] > 0.999) {
                    boxes++;
                    double x = targets.boxes[cell] * GridTargets.STRIDE;
                    double y = targets.boxes[cells + cell] * GridTargets.STRIDE;
                    double width = targets.boxes[2 * cells + cell] * GridTargets.STRIDE;
                    assertThat(brightness(x, y))
                            .as("walkers are white and walls are not: picture %d at %.0f, %.0f", number, x, y)
                            .isGreaterThan(brightness(x - width, y) + 0.15)
                            .isGreaterThan(brightness(x + width, y) + 0.15);
                }
            }
        }
        assertThat(boxes).isGreaterThan(30);
    }

    /** Mean of 3x3 pixels; below everything outside of the picture, and on another white walker. */
    private double brightness(double x, double y) {
        double sum = 0;
        for (int v = -1; v <= 1; v++) {
            for (int u = -1; u <= 1; u++) {
                int column = (int) x + u;
                int row = (int) y + v;
                if (column < 0 || row < 0 || column >= WIDTH || row >= HEIGHT) {
                    return -1;
                }
                sum += pixels[3 * (row * WIDTH + column) + 1];
            }
        }
        return sum / 9;
    }
}
