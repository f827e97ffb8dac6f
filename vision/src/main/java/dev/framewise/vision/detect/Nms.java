package dev.framewise.vision.detect;

import java.util.Arrays;

/**
 * Greedy non-maximum suppression within each class: the best box stays, boxes of its class that overlap it by more than
 * the threshold go, and so on. Equal scores keep the order of the candidates, so the result is deterministic.
 *
 * <p>Reuses its memory; not thread-safe.
 */
final class Nms {
    private final float iouThreshold;
    private final int maxDetections;
    private long[] order = new long[64];
    private int[] kept = new int[64];
    private int keptCount;

    /**
     * A suppression.
     *
     * @param iouThreshold boxes whose IoU with a better one of their class exceeds this are dropped, 0 to 1; at 1 none
     *     is, and the boxes are only sorted
     * @param maxDetections most boxes that stay
     */
    Nms(float iouThreshold, int maxDetections) {
        this.iouThreshold = iouThreshold;
        this.maxDetections = maxDetections;
    }

    /** Chooses the boxes that stay; read them with {@link #kept}. */
    int suppress(Candidates candidates) {
        sort(candidates);
        keptCount = 0;
        for (int i = 0; i < candidates.size && keptCount < maxDetections; i++) {
            int candidate = (int) order[i];
            if (stands(candidates, candidate)) {
                kept[keptCount++] = candidate;
            }
        }
        return keptCount;
    }

    /** Index of the i-th box that stayed, best score first. */
    int kept(int i) {
        return kept[i];
    }

    private boolean stands(Candidates candidates, int candidate) {
        for (int i = 0; i < keptCount && iouThreshold < 1; i++) {
            int better = kept[i];
            if (candidates.classIds[better] == candidates.classIds[candidate]
                    && iou(candidates, better, candidate) > iouThreshold) {
                return false;
            }
        }
        return true;
    }

    /** Sorts indices by falling score through one primitive key: inverted score bits above, index below. */
    private void sort(Candidates candidates) {
        if (order.length < candidates.size) {
            order = new long[candidates.scores.length];
            kept = new int[candidates.scores.length];
        }
        for (int i = 0; i < candidates.size; i++) {
            // The bits of floats of 0 and more are ordered as the floats are; adding 0 makes -0 a 0.
            long falling = (long) Integer.MAX_VALUE - Float.floatToRawIntBits(candidates.scores[i] + 0f);
            order[i] = falling << Integer.SIZE | i;
        }
        Arrays.sort(order, 0, candidates.size);
    }

    private static float iou(Candidates c, int a, int b) {
        float width = Math.min(c.x2[a], c.x2[b]) - Math.max(c.x1[a], c.x1[b]);
        float height = Math.min(c.y2[a], c.y2[b]) - Math.max(c.y1[a], c.y1[b]);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        float intersection = width * height;
        return intersection / (area(c, a) + area(c, b) - intersection);
    }

    private static float area(Candidates c, int i) {
        return (c.x2[i] - c.x1[i]) * (c.y2[i] - c.y1[i]);
    }
}
