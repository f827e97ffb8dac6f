package dev.framewise.vision.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Yolov5HeadTest extends HeadContract {
    private static final int ROW = 5 + CLASSES;
    private static final int BOXES = 3 * (12 * 8 + 6 * 4 + 3 * 2);

    @Test
    void readsABoxMadeByHand() {
        float[] output = new float[size()];
        System.arraycopy(new float[] {40, 20, 10, 30, 0.5f, 0.2f, 0.8f, 0.4f}, 0, output, ROW, ROW);
        assertSame(decode(output, /* threshold= */ 0.1f, Set.of()), List.of(new Box(35, 5, 45, 35, 0.4, 1)));
    }

    @Override
    Head head() {
        return new Yolov5Head(BOXES, CLASSES);
    }

    @Override
    HeadFamily family() {
        return HeadFamily.YOLOV5;
    }

    @Override
    long[] shape() {
        return new long[] {BOXES, ROW};
    }

    @Override
    float randomValue(SplittableRandom random, int index) {
        return (float) (index % ROW < 4 ? random.nextDouble(0, WIDTH) : random.nextDouble());
    }

    @Override
    List<Box> referenceDecode(float[] output) {
        List<Box> boxes = new ArrayList<>();
        for (int row = 0; row < output.length; row += ROW) {
            int best = argMax(output, row + 5, /* stride= */ 1);
            double score = (double) output[row + 4] * output[row + 5 + best];
            boxes.add(Box.around(output[row], output[row + 1], output[row + 2], output[row + 3], score, best));
        }
        return boxes;
    }

    @Override
    float[] outputOf(float score, int classId) {
        float[] output = new float[size()];
        output[7 * ROW + 4] = 1;
        output[7 * ROW + 5 + classId] = score;
        return output;
    }

    @Override
    int[] indicesOfBox() {
        return new int[] {7 * ROW, 7 * ROW + 1, 7 * ROW + 2, 7 * ROW + 3, 7 * ROW + 4};
    }
}
