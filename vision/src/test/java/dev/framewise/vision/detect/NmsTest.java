package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NmsTest {
    private static final int CLASSES = 3;

    @Test
    void dropsTheWeakerOfTwoThatOverlap() {
        Candidates candidates = new Candidates(CLASSES, Set.of());
        candidates.add(0, 0, 10, 10, 0.6f, 0);
        candidates.add(1, 0, 11, 10, 0.8f, 0);
        candidates.add(1, 0, 11, 10, 0.7f, 1);
        candidates.add(50, 0, 60, 10, 0.1f, 0);
        assertThat(kept(new Nms(0.45f, 300), candidates)).containsExactly(1, 2, 3);
    }

    @Test
    void equalScoresKeepTheirOrder() {
        Candidates candidates = new Candidates(CLASSES, Set.of());
        candidates.add(0, 0, 1, 1, 0.5f, 0);
        candidates.add(5, 0, 6, 1, 0.5f, 0);
        candidates.add(9, 0, 10, 1, 0.5f, 0);
        assertThat(kept(new Nms(0.45f, 300), candidates)).containsExactly(0, 1, 2);
    }

    @Test
    void boxesWithoutAreaDoNotOverlap() {
        Candidates candidates = new Candidates(CLASSES, Set.of());
        candidates.add(5, 5, 5, 5, 0.5f, 0);
        candidates.add(5, 5, 5, 5, 0.4f, 0);
        assertThat(kept(new Nms(0.45f, 300), candidates)).containsExactly(0, 1);
    }

    /** The definition, without sorting: a box stays if no better one of its class that stays overlaps it too much. */
    @Property(tries = 300)
    void agreesWithTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 200) int count,
            @ForAll @IntRange(max = 10) int tenths) {
        Candidates candidates = random(seed, count);
        float threshold = tenths / 10f;
        List<Integer> expected = new ArrayList<>();
        boolean[] decided = new boolean[count];
        for (int step = 0; step < count; step++) {
            int best = -1;
            for (int i = 0; i < count; i++) {
                if (!decided[i] && (best < 0 || candidates.scores[i] > candidates.scores[best])) {
                    best = i;
                }
            }
            decided[best] = true;
            int candidate = best;
            if (expected.stream()
                    .noneMatch(k -> candidates.classIds[k] == candidates.classIds[candidate]
                            && iou(candidates, k, candidate) > threshold)) {
                expected.add(best);
            }
        }
        Nms nms = new Nms(threshold, 300);
        assertThat(kept(nms, candidates)).isEqualTo(expected);
        assertThat(kept(nms, candidates)).as("again, with memory used").isEqualTo(expected);
    }

    @Property(tries = 50)
    void theLimitKeepsTheBest(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int limit) {
        Candidates candidates = random(seed, /* count= */ 100);
        List<Integer> all = kept(new Nms(0.45f, 300), candidates);
        assertThat(kept(new Nms(0.45f, limit), candidates)).isEqualTo(all.subList(0, Math.min(limit, all.size())));
    }

    /** Boxes on a coarse grid with few scores, so that ties, touching edges and exact thresholds occur. */
    private static Candidates random(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        Candidates candidates = new Candidates(CLASSES, Set.of());
        for (int i = 0; i < count; i++) {
            int x = random.nextInt(12);
            int y = random.nextInt(12);
            candidates.add(
                    x,
                    y,
                    x + random.nextInt(8),
                    y + random.nextInt(8),
                    random.nextInt(20) / 20f,
                    random.nextInt(CLASSES));
        }
        return candidates;
    }

    private static List<Integer> kept(Nms nms, Candidates candidates) {
        List<Integer> kept = new ArrayList<>();
        int count = nms.suppress(candidates);
        for (int i = 0; i < count; i++) {
            kept.add(nms.kept(i));
        }
        return kept;
    }

    private static float iou(Candidates c, int a, int b) {
        float width = Math.max(0, Math.min(c.x2[a], c.x2[b]) - Math.max(c.x1[a], c.x1[b]));
        float height = Math.max(0, Math.min(c.y2[a], c.y2[b]) - Math.max(c.y1[a], c.y1[b]));
        float intersection = width * height;
        float union =
                (c.x2[a] - c.x1[a]) * (c.y2[a] - c.y1[a]) + (c.x2[b] - c.x1[b]) * (c.y2[b] - c.y1[b]) - intersection;
        return intersection == 0 ? 0 : intersection / union;
    }
}
