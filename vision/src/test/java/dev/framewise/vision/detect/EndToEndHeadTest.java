package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EndToEndHeadTest extends HeadContract {
    private static final int ROW = 6;
    private static final int BOXES = 300;

    @Test
    void readsABoxMadeByHand() {
        assertSame(
                decode(outputWith(35, 5, 45, 35, 0.8f, 1), /* threshold= */ 0.1f, Set.of()),
                List.of(new Box(35, 5, 45, 35, 0.8, 1)));
    }

    @Test
    void aClassThatDoesNotExistGivesNoBox() {
        for (float classId : new float[] {-1, CLASSES, 1e9f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThat(decode(outputWith(35, 5, 45, 35, 0.8f, classId), /* threshold= */ 0.1f, Set.of()).size)
                    .as("class %s", classId)
                    .isZero();
        }
    }

    @Test
    void needsNoNms() {
        assertThat(head().needsNms()).isFalse();
    }

    @Override
    Head head() {
        return new EndToEndHead(BOXES, CLASSES);
    }

    @Override
    HeadFamily family() {
        return HeadFamily.END2END;
    }

    @Override
    long[] shape() {
        return new long[] {BOXES, ROW};
    }

    @Override
    float randomValue(SplittableRandom random, int index) {
        return switch (index % ROW) {
            case 4 -> (float) random.nextDouble();
            case 5 -> random.nextInt(CLASSES);
            default -> (float) random.nextDouble(0, WIDTH);
        };
    }

    @Override
    List<Box> referenceDecode(float[] output) {
        List<Box> boxes = new ArrayList<>();
        for (int row = 0; row < output.length; row += ROW) {
            boxes.add(new Box(output[row], output[row + 1], output[row + 2], output[row + 3], output[row + 4], (int)
                    output[row + 5]));
        }
        return boxes;
    }

    @Override
    float[] outputOf(float score, int classId) {
        return outputWith(1, 2, 3, 4, score, classId);
    }

    private float[] outputWith(float... row) {
        float[] output = new float[size()];
        System.arraycopy(row, 0, output, 7 * ROW, ROW);
        return output;
    }

    @Override
    int[] indicesOfBox() {
        return new int[] {7 * ROW, 7 * ROW + 1, 7 * ROW + 2, 7 * ROW + 3, 7 * ROW + 4};
    }
}
