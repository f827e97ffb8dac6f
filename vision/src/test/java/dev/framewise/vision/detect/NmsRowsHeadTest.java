package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NmsRowsHeadTest extends HeadContract {
    private static final int ROW = 7;
    private static final int ROWS = 50;

    @Test
    void readsABoxMadeByHand() {
        assertSame(
                decode(outputWith(0, 35, 5, 45, 35, 1, 0.8f), /* threshold= */ 0.1f, Set.of()),
                List.of(new Box(35, 5, 45, 35, 0.8, 1)));
    }

    @Test
    void rowsOfOtherImagesAreNotThisImages() {
        float[] output = outputWith(2, 35, 5, 45, 35, 1, 0.8f);
        assertThat(decode(output, /* threshold= */ 0.1f, Set.of()).size).isZero();
        Candidates ofTheThird = new Candidates(CLASSES, Set.of());
        RawOutputs third =
                new RawOutputs(new FloatBuffer[] {FloatBuffer.wrap(output)}, new int[] {ROWS}, /* image= */ 2);
        head().decode(third, /* scoreThreshold= */ 0.1f, ofTheThird);
        assertThat(ofTheThird.size).isEqualTo(1);
    }

    @Test
    void noRowsAreNoBoxes() {
        Candidates none = new Candidates(CLASSES, Set.of());
        head().decode(RawOutputs.of(FloatBuffer.allocate(0), /* rows= */ 0), /* scoreThreshold= */ 0, none);
        assertThat(none.size).isZero();
    }

    @Test
    void aClassThatDoesNotExistGivesNoBox() {
        for (float classId : new float[] {-1, CLASSES, 1e9f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThat(decode(outputWith(0, 35, 5, 45, 35, classId, 0.8f), /* threshold= */ 0.1f, Set.of()).size)
                    .as("class %s", classId)
                    .isZero();
        }
    }

    @Override
    Head head() {
        return new NmsRowsHead(CLASSES);
    }

    @Override
    HeadFamily family() {
        return HeadFamily.NMS_ROWS;
    }

    @Override
    long[] shape() {
        return new long[] {ROWS, ROW};
    }

    @Override
    List<ModelOutput> described() {
        return List.of(ModelOutput.of(ModelOutput.OPEN, ROW));
    }

    @Override
    float randomValue(SplittableRandom random, int index) {
        return switch (index % ROW) {
            case 0 -> random.nextInt(3);
            case 5 -> random.nextInt(CLASSES);
            case 6 -> (float) random.nextDouble();
            default -> (float) random.nextDouble(0, WIDTH);
        };
    }

    @Override
    List<Box> referenceDecode(float[] output) {
        List<Box> boxes = new ArrayList<>();
        for (int row = 0; row < output.length; row += ROW) {
            if (output[row] == 0) {
                boxes.add(new Box(
                        output[row + 1], output[row + 2], output[row + 3], output[row + 4], output[row + 6], (int)
                                output[row + 5]));
            }
        }
        return boxes;
    }

    @Override
    float[] outputOf(float score, int classId) {
        return outputWith(0, 1, 2, 3, 4, classId, score);
    }

    private float[] outputWith(float... row) {
        float[] output = new float[size()];
        System.arraycopy(row, 0, output, 7 * ROW, ROW);
        return output;
    }

    @Override
    int[] indicesOfBox() {
        return new int[] {7 * ROW, 7 * ROW + 1, 7 * ROW + 2, 7 * ROW + 3, 7 * ROW + 4, 7 * ROW + 6};
    }
}
