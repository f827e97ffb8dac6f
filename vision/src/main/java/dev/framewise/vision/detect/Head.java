package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * Turns the raw output of one image into candidates: the part of a detector that differs between model families.
 *
 * <p>Made for one model by {@link Heads}; keeps no state between images. One thread.
 */
interface Head {
    /** Name of the family, as in {@link ModelInfo#head()}. */
    String name();

    /** Number of classes, from the shape of the output. */
    int classCount();

    /**
     * Appends what reaches the threshold, in the order of the output.
     *
     * @param output output of one image, absolute reads from index 0
     * @param into candidates, boxes Xyxy in pixels of the network's input
     */
    void decode(FloatBuffer output, float scoreThreshold, Candidates into);
}
