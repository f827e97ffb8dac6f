package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * Turns the raw output of one image into candidates: the part of a detector that differs between model families.
 *
 * <p>Made for one model by {@link Heads}; keeps scratch memory, but nothing of one image for the next. One thread.
 */
interface Head {
    /** Name of the family, as in {@link ModelInfo#head()}. */
    String name();

    /** Number of classes. */
    int classCount();

    /** Whether one object may give several boxes, so that NMS has to follow. */
    default boolean needsNms() {
        return true;
    }

    /**
     * Appends what reaches the threshold, in the order of the output. Boxes that are not finite are left out.
     *
     * @param output output of one image, absolute reads from index 0
     * @param into candidates, boxes Xyxy in pixels of the network's input
     */
    void decode(FloatBuffer output, float scoreThreshold, Candidates into);

    /** The class of the highest of {@code count} scores that lie side by side; the first of equals. */
    static int bestClass(FloatBuffer output, int from, int count) {
        int best = 0;
        for (int classId = 1; classId < count; classId++) {
            if (output.get(from + classId) > output.get(from + best)) {
                best = classId;
            }
        }
        return best;
    }
}
