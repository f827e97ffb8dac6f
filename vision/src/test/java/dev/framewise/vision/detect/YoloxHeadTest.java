package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class YoloxHeadTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int CLASSES = 3;
    private static final int ROW = 5 + CLASSES;
    private static final int ANCHORS = 12 * 8 + 6 * 4 + 3 * 2;

    private final YoloxHead head = new YoloxHead(WIDTH, HEIGHT, CLASSES);
    private final float[] output = new float[ANCHORS * ROW];

    @Test
    void countsItsCells() {
        assertThat(YoloxHead.anchors(WIDTH, HEIGHT)).isEqualTo(ANCHORS);
        assertThat(YoloxHead.anchors(416, 416)).isEqualTo(3549);
    }

    @Test
    void readsOneCellOfEachStride() {
        // Stride 8: row 2, column 5; stride 16: row 1, column 3; stride 32: row 1, column 2 (the last of all).
        cell(2 * 12 + 5, 0.25f, 0.5f, (float) Math.log(2), (float) Math.log(4), 0.9f, 0.1f, 0.8f, 0.2f);
        cell(96 + 1 * 6 + 3, 0f, 0f, 0f, 0f, 0.5f, 1f, 0f, 0f);
        cell(96 + 24 + 1 * 3 + 2, -0.5f, 1f, 0f, (float) Math.log(0.5), 1f, 0f, 0f, 0.7f);
        Candidates found = decode(0.1f, Set.of());
        assertThat(found.size).isEqualTo(3);
        assertBox(found, 0, 42 - 8, 20 - 16, 42 + 8, 20 + 16, 0.72f, 1);
        assertBox(found, 1, 48 - 8, 16 - 8, 48 + 8, 16 + 8, 0.5f, 0);
        assertBox(found, 2, 48 - 16, 64 - 8, 48 + 16, 64 + 8, 0.7f, 2);
    }

    @Test
    void keepsTheWantedClassesOnly() {
        cell(0, 0, 0, 0, 0, 1f, 0.9f, 0.1f, 0.2f);
        cell(1, 0, 0, 0, 0, 1f, 0.3f, 0.6f, 0.2f);
        assertThat(decode(0.1f, Set.of(0)).size).isEqualTo(1);
        assertThat(decode(0.1f, Set.of(0, 1)).size).isEqualTo(2);
        assertThat(decode(0.1f, Set.of(2, 7)).size).isZero();
    }

    @Test
    void theThresholdIsInclusive() {
        cell(0, 0, 0, 0, 0, 0.5f, 0.5f, 0, 0);
        assertThat(decode(0.25f, Set.of()).size).isEqualTo(1);
        assertThat(decode(Math.nextUp(0.25f), Set.of()).size).isZero();
    }

    @Test
    void nonsenseOfABrokenModelGivesNoBoxes() {
        cell(0, 0, 0, 0, 0, Float.NaN, 1f, 0, 0);
        cell(1, Float.NaN, 0, 0, 0, 1f, 1f, 0, 0);
        cell(2, 0, 0, 1000f, 0, 1f, 1f, 0, 0);
        cell(3, 0, Float.NEGATIVE_INFINITY, 0, 0, 1f, 1f, 0, 0);
        cell(4, 0, 0, 0, 0, 1f, Float.NaN, Float.NaN, Float.NaN);
        assertThat(decode(0.1f, Set.of()).size).isZero();
    }

    @Test
    void agreesWithTheFormulaInDoubles() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < output.length; i++) {
            output[i] = i % ROW < 4 ? (float) (3 * random.nextDouble() - 1) : (float) random.nextDouble();
        }
        Candidates found = decode(0, Set.of());
        assertThat(found.size).isEqualTo(ANCHORS);
        int anchor = 0;
        for (int stride : new int[] {8, 16, 32}) {
            for (int i = 0; i < (WIDTH / stride) * (HEIGHT / stride); i++, anchor++) {
                int cellX = i % (WIDTH / stride);
                int cellY = i / (WIDTH / stride);
                double centreX = ((double) output[anchor * ROW] + cellX) * stride;
                double width = Math.exp(output[anchor * ROW + 2]) * stride;
                double centreY = ((double) output[anchor * ROW + 1] + cellY) * stride;
                double height = Math.exp(output[anchor * ROW + 3]) * stride;
                int best = 0;
                for (int c = 1; c < CLASSES; c++) {
                    best = output[anchor * ROW + 5 + c] > output[anchor * ROW + 5 + best] ? c : best;
                }
                double score = (double) output[anchor * ROW + 4] * output[anchor * ROW + 5 + best];
                assertBox(
                        found,
                        anchor,
                        centreX - width / 2,
                        centreY - height / 2,
                        centreX + width / 2,
                        centreY + height / 2,
                        score,
                        best);
            }
        }
    }

    private void cell(int index, float... values) {
        System.arraycopy(values, 0, output, index * ROW, ROW);
    }

    private Candidates decode(float threshold, Set<Integer> classes) {
        Candidates candidates = new Candidates(CLASSES, classes);
        head.decode(FloatBuffer.wrap(Arrays.copyOf(output, output.length)), threshold, candidates);
        return candidates;
    }

    private static void assertBox(
            Candidates found, int i, double x1, double y1, double x2, double y2, double score, int classId) {
        assertThat(found.x1[i]).isCloseTo((float) x1, within(1e-3f));
        assertThat(found.y1[i]).isCloseTo((float) y1, within(1e-3f));
        assertThat(found.x2[i]).isCloseTo((float) x2, within(1e-3f));
        assertThat(found.y2[i]).isCloseTo((float) y2, within(1e-3f));
        assertThat(found.scores[i]).isCloseTo((float) score, within(1e-6f));
        assertThat(found.classIds[i]).isEqualTo(classId);
    }
}
