package dev.framewise.vision.detect;

import java.util.Arrays;

/** Chooses the head for a model by the shape of its output. A new model family is one more case here. */
final class Heads {
    private Heads() {}

    /**
     * The head that reads such an output.
     *
     * @param outputShape shape the model really gives for a batch of one
     * @throws ModelException if no known head does; the message says what was expected and found
     */
    static Head forOutput(String model, int inputWidth, int inputHeight, long[] outputShape) throws ModelException {
        int anchors = YoloxHead.anchors(inputWidth, inputHeight);
        if (outputShape.length == 3
                && outputShape[0] == 1
                && outputShape[1] == anchors
                && outputShape[2] > YoloxHead.BOX_AND_OBJECTNESS) {
            return new YoloxHead(inputWidth, inputHeight, (int) outputShape[2] - YoloxHead.BOX_AND_OBJECTNESS);
        }
        throw new ModelException(String.format(
                "%s: no known head reads its output. Expected for an input of %dx%d: yolox [1, %d, 5 + classes]. Found:"
                        + " %s. Export the model with one of these layouts.",
                model, inputWidth, inputHeight, anchors, Arrays.toString(outputShape)));
    }
}
