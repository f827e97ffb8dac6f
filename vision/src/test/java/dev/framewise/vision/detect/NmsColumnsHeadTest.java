package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The four outputs of EfficientNMS, written one after the other: boxes, scores, classes, count. */
class NmsColumnsHeadTest extends HeadContract {
    private static final int ROWS = 50;
    private static final int SCORES = 4 * ROWS;
    private static final int CLASS_IDS = 5 * ROWS;
    private static final int COUNT = 6 * ROWS;

    @Test
    void readsABoxMadeByHand() {
        float[] output = outputOf(0.8f, 1);
        System.arraycopy(new float[] {35, 5, 45, 35}, 0, output, 4 * 7, 4);
        assertSame(decode(output, /* threshold= */ 0.1f, Set.of()), List.of(new Box(35, 5, 45, 35, 0.8, 1)));
    }

    @Test
    void whatIsBehindTheCountDoesNotCount() {
        float[] output = outputOf(0.8f, 1);
        output[COUNT] = 7;
        assertThat(decode(output, /* threshold= */ 0.1f, Set.of()).size).isZero();
        output[COUNT] = 8;
        assertThat(decode(output, /* threshold= */ 0.1f, Set.of()).size).isEqualTo(1);
    }

    @Test
    void aCountThatCannotBeIsNoReasonToReadElsewhere() {
        float[] output = outputOf(0.8f, 1);
        for (float count : new float[] {-1, Float.NaN, Float.NEGATIVE_INFINITY}) {
            output[COUNT] = count;
            assertThat(decode(output, /* threshold= */ 0.1f, Set.of()).size).isZero();
        }
        output[COUNT] = 1e9f;
        assertThat(decode(output, /* threshold= */ 0.1f, Set.of()).size).isEqualTo(1);
    }

    @Test
    void withoutACountAllRowsThatAreThereCount() {
        FloatBuffer[] columns = {
            FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6, 7, 8}),
            FloatBuffer.wrap(new float[] {1, 2}),
            FloatBuffer.wrap(new float[] {0.5f, 0.6f})
        };
        Candidates found = new Candidates(CLASSES, Set.of());
        new NmsColumnsHead(new NmsColumnsHead.Columns(/* boxes= */ 0, /* scores= */ 2, /* classes= */ 1, -1), CLASSES)
                .decode(new RawOutputs(columns, new int[] {2, 2, 2}, /* image= */ 0), 0.1f, found);
        assertSame(found, List.of(new Box(1, 2, 3, 4, 0.5, 1), new Box(5, 6, 7, 8, 0.6, 2)));
    }

    @Override
    Head head() {
        return new NmsColumnsHead(new NmsColumnsHead.Columns(0, 1, 2, 3), CLASSES);
    }

    @Override
    HeadFamily family() {
        return HeadFamily.NMS_COLUMNS;
    }

    @Override
    long[] shape() {
        return new long[] {COUNT + 1};
    }

    @Override
    List<ModelOutput> described() {
        return List.of(
                new ModelOutput("det_boxes", /* integer= */ false, new long[] {1, ROWS, 4}),
                new ModelOutput("det_scores", /* integer= */ false, new long[] {1, ROWS}),
                new ModelOutput("det_classes", /* integer= */ true, new long[] {1, ROWS}),
                new ModelOutput("num_dets", /* integer= */ true, new long[] {1, 1}));
    }

    @Override
    RawOutputs raw(FloatBuffer output) {
        FloatBuffer[] columns = {
            output.slice(0, SCORES), output.slice(SCORES, ROWS), output.slice(CLASS_IDS, ROWS), output.slice(COUNT, 1)
        };
        return new RawOutputs(columns, new int[] {ROWS, ROWS, ROWS, 1}, /* image= */ 0);
    }

    @Override
    float randomValue(SplittableRandom random, int index) {
        if (index < SCORES) {
            return (float) random.nextDouble(0, WIDTH);
        }
        return index < CLASS_IDS
                ? (float) random.nextDouble()
                : index < COUNT ? random.nextInt(CLASSES) : random.nextInt(ROWS + 1);
    }

    @Override
    List<Box> referenceDecode(float[] output) {
        List<Box> boxes = new ArrayList<>();
        for (int row = 0; row < output[COUNT]; row++) {
            boxes.add(new Box(
                    output[4 * row],
                    output[4 * row + 1],
                    output[4 * row + 2],
                    output[4 * row + 3],
                    output[SCORES + row],
                    (int) output[CLASS_IDS + row]));
        }
        return boxes;
    }

    @Override
    float[] outputOf(float score, int classId) {
        float[] output = new float[size()];
        output[SCORES + 7] = score;
        output[CLASS_IDS + 7] = classId;
        output[COUNT] = ROWS;
        return output;
    }

    @Override
    int[] indicesOfBox() {
        return new int[] {4 * 7, 4 * 7 + 1, 4 * 7 + 2, 4 * 7 + 3, SCORES + 7};
    }
}
