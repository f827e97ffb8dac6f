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
     * @param outputs what the network gave for one image
     * @param into candidates, boxes Xyxy in pixels of the network's input
     */
    void decode(RawOutputs outputs, float scoreThreshold, Candidates into);

    /**
     * Appends a box that the network itself has chosen, if its score reaches the threshold.
     *
     * @param boxes left, top, right and bottom from index {@code at}
     * @param classId index as the network gives it; what is none of the model's classes gives no box
     */
    static void addBox(
            Candidates into,
            FloatBuffer boxes,
            int at,
            float score,
            float scoreThreshold,
            float classId,
            int classCount) {
        // A broken model's NaN fails these comparisons, and its classes that do not exist fail them too.
        if (score >= scoreThreshold && classId >= 0 && classId < classCount && into.wants((int) classId)) {
            float left = boxes.get(at);
            float top = boxes.get(at + 1);
            float right = boxes.get(at + 2);
            float bottom = boxes.get(at + 3);
            if (Float.isFinite(left + right) && Float.isFinite(top + bottom)) {
                into.add(left, top, right, bottom, score, (int) classId);
            }
        }
    }

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
