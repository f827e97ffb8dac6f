package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class YoloxHeadTest extends HeadContract {
    private static final int ROW = 5 + CLASSES;
    private static final int ANCHORS = 12 * 8 + 6 * 4 + 3 * 2;

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
        assertSame(
                decode(output, /* threshold= */ 0.1f, Set.of()),
                List.of(
                        new Box(42 - 8, 20 - 16, 42 + 8, 20 + 16, 0.72, 1),
                        new Box(48 - 8, 16 - 8, 48 + 8, 16 + 8, 0.5, 0),
                        new Box(48 - 16, 64 - 8, 48 + 16, 64 + 8, 0.7, 2)));
    }

    @Test
    void aSizeWithoutEndGivesNoBox() {
        cell(2, 0, 0, 1000f, 0, 1f, 1f, 0, 0);
        cell(3, 0, 0, 0, 1000f, 1f, 1f, 0, 0);
        assertThat(decode(output, /* threshold= */ 0.1f, Set.of()).size).isZero();
    }

    private void cell(int index, float... values) {
        System.arraycopy(values, 0, output, index * ROW, ROW);
    }

    @Override
    Head head() {
        return new YoloxHead(WIDTH, HEIGHT, CLASSES);
    }

    @Override
    HeadFamily family() {
        return HeadFamily.YOLOX;
    }

    @Override
    long[] shape() {
        return new long[] {ANCHORS, ROW};
    }

    @Override
    float randomValue(SplittableRandom random, int index) {
        return (float) (index % ROW < 4 ? random.nextDouble(-1, 2) : random.nextDouble());
    }

    @Override
    List<Box> referenceDecode(float[] values) {
        List<Box> boxes = new ArrayList<>();
        int row = 0;
        for (int stride : new int[] {8, 16, 32}) {
            int columns = WIDTH / stride;
            for (int cell = 0; cell < columns * (HEIGHT / stride); cell++, row += ROW) {
                int best = argMax(values, row + 5, /* stride= */ 1);
                int cellX = cell % columns;
                int cellY = cell / columns;
                boxes.add(Box.around(
                        ((double) values[row] + cellX) * stride,
                        ((double) values[row + 1] + cellY) * stride,
                        Math.exp(values[row + 2]) * stride,
                        Math.exp(values[row + 3]) * stride,
                        (double) values[row + 4] * values[row + 5 + best],
                        best));
            }
        }
        return boxes;
    }

    @Override
    float[] outputOf(float score, int classId) {
        float[] values = new float[size()];
        values[7 * ROW + 4] = 1;
        values[7 * ROW + 5 + classId] = score;
        return values;
    }

    @Override
    int[] indicesOfBox() {
        return new int[] {7 * ROW, 7 * ROW + 1, 7 * ROW + 2, 7 * ROW + 3, 7 * ROW + 4};
    }
}
