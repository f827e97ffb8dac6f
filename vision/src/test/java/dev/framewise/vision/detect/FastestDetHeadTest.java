package dev.framewise.vision.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FastestDetHeadTest extends HeadContract {
    private static final int COLUMNS = WIDTH / 16;
    private static final int ROWS = HEIGHT / 16;
    private static final int PLANE = ROWS * COLUMNS;

    /** Row 1, column 2: tanh(0) keeps the middle at the cell's corner, sigmoid(0) is half the input. */
    @Test
    void readsABoxMadeByHand() {
        float[] output = new float[size()];
        float[] cell = {0.5f, 0, 0, 0, 0, 0.1f, 0.7f, 0.2f};
        for (int i = 0; i < cell.length; i++) {
            output[i * PLANE + COLUMNS + 2] = cell[i];
        }
        double score = Math.pow(0.5, 0.6) * Math.pow(0.7f, 0.4);
        assertSame(
                decode(output, /* threshold= */ 0.1f, Set.of()),
                List.of(Box.around(/* centreX= */ 32, /* centreY= */ 16, 48, 32, score, /* classId= */ 1)));
    }

    @Override
    Head head() {
        return new FastestDetHead(WIDTH, HEIGHT, COLUMNS, ROWS, CLASSES);
    }

    @Override
    HeadFamily family() {
        return HeadFamily.FASTESTDET;
    }

    @Override
    long[] shape() {
        return new long[] {5 + CLASSES, ROWS, COLUMNS};
    }

    @Override
    float randomValue(SplittableRandom random, int index) {
        int plane = index / PLANE;
        return (float) (plane >= 1 && plane <= 4 ? random.nextDouble(-3, 3) : random.nextDouble());
    }

    @Override
    List<Box> referenceDecode(float[] output) {
        List<Box> boxes = new ArrayList<>();
        for (int cell = 0; cell < PLANE; cell++) {
            int best = argMax(output, 5 * PLANE + cell, /* stride= */ PLANE);
            int column = cell % COLUMNS;
            int row = cell / COLUMNS;
            boxes.add(Box.around(
                    (column + Math.tanh(output[PLANE + cell])) / COLUMNS * WIDTH,
                    (row + Math.tanh(output[2 * PLANE + cell])) / ROWS * HEIGHT,
                    WIDTH / (1 + Math.exp(-output[3 * PLANE + cell])),
                    HEIGHT / (1 + Math.exp(-output[4 * PLANE + cell])),
                    Math.pow(output[cell], 0.6) * Math.pow(output[(5 + best) * PLANE + cell], 0.4),
                    best));
        }
        return boxes;
    }

    @Override
    float[] outputOf(float score, int classId) {
        float[] output = new float[size()];
        output[7] = 1;
        output[(5 + classId) * PLANE + 7] = (float) Math.pow(score, 1 / 0.4);
        return output;
    }

    @Override
    int[] indicesOfBox() {
        return new int[] {PLANE + 7, 2 * PLANE + 7, 3 * PLANE + 7, 4 * PLANE + 7, 7};
    }
}
