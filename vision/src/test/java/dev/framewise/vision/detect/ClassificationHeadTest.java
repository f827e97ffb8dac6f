package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Not of {@link HeadContract}: scores of one picture add up to 1, so no class is alone. */
class ClassificationHeadTest {
    private static final float[] PROBABILITIES = {0.125f, 0.25f, 0.625f};

    private final Head head = new ClassificationHead(/* inputWidth= */ 96, /* inputHeight= */ 64, /* classCount= */ 3);

    @Test
    void eachClassCoversTheWholeInput() {
        Candidates found = decode(PROBABILITIES, /* threshold= */ 0.2f, Set.of());
        assertThat(found.size).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            assertThat(found.classIds[i]).isEqualTo(i + 1);
            assertThat(found.scores[i]).isEqualTo(PROBABILITIES[i + 1]);
            assertThat(new float[] {found.x1[i], found.y1[i], found.x2[i], found.y2[i]})
                    .containsExactly(0, 0, 96, 64);
        }
    }

    @Test
    void logitsBecomeProbabilitiesAsInDoubles() {
        SplittableRandom random = new SplittableRandom(/* seed= */ 3);
        for (int round = 0; round < 100; round++) {
            float[] logits = new float[3];
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                logits[i] = (float) random.nextDouble(-20, 90);
                sum += Math.exp(logits[i]);
            }
            Candidates found = decode(logits, /* threshold= */ 0, Set.of());
            assertThat(found.size).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                assertThat((double) found.scores[i]).isCloseTo(Math.exp(logits[i]) / sum, within(1e-6));
            }
        }
    }

    @Test
    void theThresholdIsInclusive() {
        assertThat(decode(PROBABILITIES, 0.625f, Set.of()).size).isEqualTo(1);
        assertThat(decode(PROBABILITIES, Math.nextUp(0.625f), Set.of()).size).isZero();
    }

    @Test
    void keepsTheWantedClassesOnly() {
        assertThat(decode(PROBABILITIES, /* threshold= */ 0, Set.of(0)).classIds[0])
                .isZero();
        assertThat(decode(PROBABILITIES, /* threshold= */ 0, Set.of(0)).size).isEqualTo(1);
    }

    @Test
    void nonsenseOfABrokenModelGivesNothing() {
        assertThat(decode(new float[] {Float.NaN, 0, 1}, /* threshold= */ 0, Set.of()).size)
                .isZero();
        assertThat(decode(new float[] {Float.POSITIVE_INFINITY, 0, 1}, /* threshold= */ 0.1f, Set.of()).size)
                .isZero();
        float low = Float.NEGATIVE_INFINITY;
        assertThat(decode(new float[] {low, low, low}, /* threshold= */ 0, Set.of()).size)
                .isZero();
    }

    @Test
    void isWhatItsFamilyMakes() {
        OutputShape shape = new OutputShape(List.of(ModelOutput.of(1, 3)), 96, 64, /* namedClasses= */ 0);
        assertThat(HeadFamily.CLASSIFICATION.reads(shape, /* named= */ false)).isTrue();
        assertThat(HeadFamily.CLASSIFICATION.create(shape)).hasSameClassAs(head);
        assertThat(HeadFamily.find(head.name())).contains(HeadFamily.CLASSIFICATION);
        assertThat(head.needsNms()).isFalse();
    }

    private Candidates decode(float[] output, float threshold, Set<Integer> classes) {
        Candidates found = new Candidates(/* classCount= */ 3, classes);
        head.decode(RawOutputs.of(FloatBuffer.wrap(output), /* rows= */ 3), threshold, found);
        return found;
    }
}
