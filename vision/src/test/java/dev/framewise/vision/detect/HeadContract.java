package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every head keeps, whatever the layout of its output; inputs are 96x64 pixels, and there are three classes. */
abstract class HeadContract {
    static final int WIDTH = 96;
    static final int HEIGHT = 64;
    static final int CLASSES = 3;

    private static final double SAME_PIXEL = 1e-3;
    private static final double SAME_SCORE = 1e-6;

    /** A box as the formula in doubles gives it: Xyxy in pixels of the network's input. */
    record Box(double x1, double y1, double x2, double y2, double score, int classId) {
        static Box around(double centreX, double centreY, double width, double height, double score, int classId) {
            return new Box(
                    centreX - width / 2,
                    centreY - height / 2,
                    centreX + width / 2,
                    centreY + height / 2,
                    score,
                    classId);
        }
    }

    abstract Head head();

    /** Family that makes the head, and the shape it makes it of. */
    abstract HeadFamily family();

    /** Output for one image, without the batch. */
    abstract long[] shape();

    /** A value that the output may hold at that index. */
    abstract float randomValue(SplittableRandom random, int index);

    /** Every box of an output, in the output's order, by the formula of its source in doubles. */
    abstract List<Box> referenceDecode(float[] output);

    /** An output that holds this box only, which has score and class given; all others score 0. */
    abstract float[] outputOf(float score, int classId);

    /** Where the box in {@link #outputOf} with class 0 keeps the numbers of its place, its size and its score. */
    abstract int[] indicesOfBox();

    /** Outputs as the network describes them. */
    List<ModelOutput> described() {
        long[] whole = new long[shape().length + 1];
        whole[0] = 1;
        System.arraycopy(shape(), 0, whole, 1, shape().length);
        return List.of(ModelOutput.of(whole));
    }

    /** The same numbers as the network hands them on. */
    RawOutputs raw(FloatBuffer output) {
        return RawOutputs.of(output, (int) shape()[0]);
    }

    @Test
    final void isWhatItsFamilyMakes() {
        OutputShape found = new OutputShape(described(), WIDTH, HEIGHT, CLASSES);
        assertThat(family().reads(found, /* named= */ true)).isTrue();
        assertThat(family().create(found)).hasSameClassAs(head());
        assertThat(head().name()).isEqualTo(family().id());
        assertThat(head().classCount()).isEqualTo(CLASSES);
        assertThat(HeadFamily.find(head().name())).contains(family());
    }

    @Test
    final void agreesWithTheFormulaInDoubles() {
        for (int seed = 0; seed < 20; seed++) {
            float[] output = random(seed);
            for (float threshold : new float[] {0, 0.25f, 0.8f}) {
                assertSame(decode(output, threshold, Set.of()), reference(output, threshold, Set.of(0, 1, 2)));
                assertSame(decode(output, threshold, Set.of(1)), reference(output, threshold, Set.of(1)));
            }
        }
    }

    @Test
    final void theThresholdIsInclusive() {
        float[] output = outputOf(/* score= */ 0.25f, /* classId= */ 1);
        Candidates all = decode(output, Float.MIN_VALUE, Set.of());
        assertThat(all.size).isEqualTo(1);
        assertThat(all.scores[0]).isCloseTo(0.25f, within(1e-6f));
        assertThat(decode(output, all.scores[0], Set.of()).size).isEqualTo(1);
        assertThat(decode(output, Math.nextUp(all.scores[0]), Set.of()).size).isZero();
    }

    @Test
    final void keepsTheWantedClassesOnly() {
        float[] output = outputOf(/* score= */ 0.5f, /* classId= */ 2);
        assertThat(decode(output, 0.1f, Set.of(2)).size).isEqualTo(1);
        assertThat(decode(output, 0.1f, Set.of(0, 1, 7)).size).isZero();
    }

    /** One image must leave nothing for the next. */
    @Test
    final void decodesTheSameAgain() {
        Head head = head();
        Candidates first = decode(head, random(/* seed= */ 1), /* threshold= */ 0.2f, Set.of());
        decode(head, random(/* seed= */ 2), /* threshold= */ 0.2f, Set.of());
        assertSame(decode(head, random(/* seed= */ 1), /* threshold= */ 0.2f, Set.of()), boxes(first));
    }

    @Test
    final void nonsenseOfABrokenModelGivesNoBoxes() {
        float[] output = outputOf(/* score= */ 0.5f, /* classId= */ 0);
        for (int index : indicesOfBox()) {
            for (float nonsense : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
                float[] broken = output.clone();
                broken[index] = nonsense;
                Candidates found = decode(broken, 0.1f, Set.of());
                // An infinite logarithm of a size is a box without area, which harms nobody; NaN is never a box.
                assertThat(found.size)
                        .as("%s at %d", nonsense, index)
                        .isLessThanOrEqualTo(Float.isNaN(nonsense) ? 0 : 1);
                boxes(found).forEach(box -> assertThat(box.x1 + box.y1 + box.x2 + box.y2 + box.score)
                        .as("%s at %d", nonsense, index)
                        .isFinite());
            }
        }
        float[] nothing = new float[output.length];
        Arrays.fill(nothing, Float.NaN);
        assertThat(decode(nothing, 0, Set.of()).size).isZero();
    }

    private float[] random(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] output = new float[size()];
        for (int i = 0; i < output.length; i++) {
            output[i] = randomValue(random, i);
        }
        return output;
    }

    /** Number of floats of an output. */
    final int size() {
        return (int) Arrays.stream(shape()).reduce(1, Math::multiplyExact);
    }

    final Candidates decode(float[] output, float threshold, Set<Integer> classes) {
        return decode(head(), output, threshold, classes);
    }

    private Candidates decode(Head head, float[] output, float threshold, Set<Integer> classes) {
        FloatBuffer direct = ByteBuffer.allocateDirect(Float.BYTES * output.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        direct.put(0, output);
        Candidates candidates = new Candidates(CLASSES, classes);
        head.decode(raw(direct), threshold, candidates);
        return candidates;
    }

    private List<Box> reference(float[] output, float threshold, Set<Integer> classes) {
        return referenceDecode(output).stream()
                .filter(box -> box.score >= threshold && classes.contains(box.classId))
                .toList();
    }

    private static List<Box> boxes(Candidates found) {
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < found.size; i++) {
            boxes.add(new Box(found.x1[i], found.y1[i], found.x2[i], found.y2[i], found.scores[i], found.classIds[i]));
        }
        return boxes;
    }

    static void assertSame(Candidates found, List<Box> expected) {
        assertThat(found.size).isEqualTo(expected.size());
        for (int i = 0; i < found.size; i++) {
            Box box = expected.get(i);
            assertThat((double) found.x1[i]).isCloseTo(box.x1, within(SAME_PIXEL));
            assertThat((double) found.y1[i]).isCloseTo(box.y1, within(SAME_PIXEL));
            assertThat((double) found.x2[i]).isCloseTo(box.x2, within(SAME_PIXEL));
            assertThat((double) found.y2[i]).isCloseTo(box.y2, within(SAME_PIXEL));
            assertThat((double) found.scores[i]).isCloseTo(box.score, within(SAME_SCORE));
            assertThat(found.classIds[i]).isEqualTo(box.classId);
        }
    }

    /** The first of the highest of {@code CLASSES} values that lie {@code stride} apart. */
    static int argMax(float[] output, int from, int stride) {
        int best = 0;
        for (int classId = 1; classId < CLASSES; classId++) {
            best = output[from + classId * stride] > output[from + best * stride] ? classId : best;
        }
        return best;
    }
}
