package dev.framewise.vision.detect;

import java.util.Arrays;

/**
 * The detections of one frame, column by column, in the order they were added.
 *
 * <p>Boxes are Xyxy in pixels of the source image, {@code (0, 0)} being its top left corner; they may reach beyond its
 * edges. Reusable: {@link #clear()} keeps the memory, so that a steady stream allocates nothing. Not thread-safe.
 */
public final class Detections {
    private float[] boxesXyxy;
    private float[] scores;
    private int[] classIds;
    private int size;

    public Detections() {
        this(/* capacity= */ 32);
    }

    public Detections(int capacity) {
        boxesXyxy = new float[4 * capacity];
        scores = new float[capacity];
        classIds = new int[capacity];
    }

    /** Number of detections. */
    public int size() {
        return size;
    }

    /** Forgets all detections and keeps the memory. */
    public void clear() {
        size = 0;
    }

    /**
     * Appends one detection.
     *
     * @param score 0 to 1
     * @param classId class index of the model, from 0
     */
    public void add(float x1, float y1, float x2, float y2, float score, int classId) {
        if (size == scores.length) {
            int capacity = Math.max(8, 2 * size);
            boxesXyxy = Arrays.copyOf(boxesXyxy, 4 * capacity);
            scores = Arrays.copyOf(scores, capacity);
            classIds = Arrays.copyOf(classIds, capacity);
        }
        boxesXyxy[4 * size] = x1;
        boxesXyxy[4 * size + 1] = y1;
        boxesXyxy[4 * size + 2] = x2;
        boxesXyxy[4 * size + 3] = y2;
        scores[size] = score;
        classIds[size] = classId;
        size++;
    }

    /** Left edge, pixels. */
    public float x1(int i) {
        return boxesXyxy[4 * i];
    }

    /** Top edge, pixels. */
    public float y1(int i) {
        return boxesXyxy[4 * i + 1];
    }

    /** Right edge, pixels. */
    public float x2(int i) {
        return boxesXyxy[4 * i + 2];
    }

    /** Bottom edge, pixels. */
    public float y2(int i) {
        return boxesXyxy[4 * i + 3];
    }

    /** Score, 0 to 1. */
    public float score(int i) {
        return scores[i];
    }

    /** Class index of the model, from 0. */
    public int classId(int i) {
        return classIds[i];
    }
}
