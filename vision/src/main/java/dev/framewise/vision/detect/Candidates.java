package dev.framewise.vision.detect;

import java.util.Arrays;
import java.util.Set;

/**
 * Boxes that reached the threshold, before NMS: columns of floats, Xyxy in pixels of the network's input. Grows and is
 * reused; not thread-safe. Boxes of unwanted classes are not taken.
 */
final class Candidates {
    private final boolean[] wanted;
    float[] x1 = new float[64];
    float[] y1 = new float[64];
    float[] x2 = new float[64];
    float[] y2 = new float[64];
    float[] scores = new float[64];
    int[] classIds = new int[64];
    int size;

    /**
     * No candidates yet.
     *
     * @param classCount classes of the model
     * @param wantedClasses class indices to keep; empty for all
     */
    Candidates(int classCount, Set<Integer> wantedClasses) {
        wanted = new boolean[classCount];
        for (int classId = 0; classId < classCount; classId++) {
            wanted[classId] = wantedClasses.isEmpty() || wantedClasses.contains(classId);
        }
    }

    /** Whether boxes of that class are taken. */
    boolean wants(int classId) {
        return wanted[classId];
    }

    void clear() {
        size = 0;
    }

    void add(float left, float top, float right, float bottom, float score, int classId) {
        if (size == scores.length) {
            grow(2 * size);
        }
        x1[size] = left;
        y1[size] = top;
        x2[size] = right;
        y2[size] = bottom;
        scores[size] = score;
        classIds[size] = classId;
        size++;
    }

    /** Adds a box by its middle; not if it is not finite: a box without an end would poison tracking. */
    void addAround(float centreX, float centreY, float halfWidth, float halfHeight, float score, int classId) {
        if (Float.isFinite(centreX + halfWidth) && Float.isFinite(centreY + halfHeight)) {
            add(centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight, score, classId);
        }
    }

    private void grow(int capacity) {
        x1 = Arrays.copyOf(x1, capacity);
        y1 = Arrays.copyOf(y1, capacity);
        x2 = Arrays.copyOf(x2, capacity);
        y2 = Arrays.copyOf(y2, capacity);
        scores = Arrays.copyOf(scores, capacity);
        classIds = Arrays.copyOf(classIds, capacity);
    }
}
