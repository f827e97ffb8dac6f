package dev.framewise.vision.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Yolov8HeadTest extends HeadContract {
    private static final int BOXES = 12 * 8 + 6 * 4 + 3 * 2;

    @Test
    void readsABoxMadeByHand() {
        float[] output = new float[size()];
        float[] column = {40, 20, 10, 30, 0.2f, 0.8f, 0.4f};
        for (int i = 0; i < column.length; i++) {
            output[i * BOXES + 5] = column[i];
        }
        assertSame(decode(output, /* threshold= */ 0.1f, Set.of()), List.of(new Box(35, 5, 45, 35, 0.8, 1)));
    }

    @Override
    Head head() {
        return new Yolov8Head(BOXES, CLASSES);
    }

    @Override
    HeadFamily family() {
        return HeadFamily.YOLOV8;
    }

    @Override
    long[] shape() {
        return new long[] {4 + CLASSES, BOXES};
    }

    @Override
    float randomValue(SplittableRandom random, int index) {
        return (float) (index < 4 * BOXES ? random.nextDouble(0, WIDTH) : random.nextDouble());
    }

    @Override
    List<Box> referenceDecode(float[] output) {
        List<Box> boxes = new ArrayList<>();
        for (int box = 0; box < BOXES; box++) {
            int best = argMax(output, 4 * BOXES + box, /* stride= */ BOXES);
            boxes.add(Box.around(
                    output[box],
                    output[BOXES + box],
                    output[2 * BOXES + box],
                    output[3 * BOXES + box],
                    output[(4 + best) * BOXES + box],
                    best));
        }
        return boxes;
    }

    @Override
    float[] outputOf(float score, int classId) {
        float[] output = new float[size()];
        output[(4 + classId) * BOXES + 7] = score;
        return output;
    }

    @Override
    int[] indicesOfBox() {
        return new int[] {7, BOXES + 7, 2 * BOXES + 7, 3 * BOXES + 7, 4 * BOXES + 7};
    }
}
