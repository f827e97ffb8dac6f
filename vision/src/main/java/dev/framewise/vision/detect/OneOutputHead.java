package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/** A head of models with one output. */
interface OneOutputHead extends Head {
    @Override
    default void decode(RawOutputs outputs, float scoreThreshold, Candidates into) {
        decode(outputs.floats()[0], scoreThreshold, into);
    }

    /**
     * Appends what reaches the threshold, in the order of the output.
     *
     * @param output output of one image, absolute reads from index 0
     * @param into candidates, boxes Xyxy in pixels of the network's input
     */
    void decode(FloatBuffer output, float scoreThreshold, Candidates into);
}
