package dev.framewise.vision.detect;

import java.util.Arrays;
import java.util.List;

/**
 * The shapes of a model's outputs, and what helps to tell what they mean. Sizes are those of the first.
 *
 * @param outputs at least one; shapes that the model really gives for a batch of one
 * @param inputWidth width of the network's input, pixels
 * @param inputHeight height of the network's input, pixels
 * @param namedClasses number of classes that are named; 0 if none is
 */
record OutputShape(List<ModelOutput> outputs, int inputWidth, int inputHeight, int namedClasses) {
    /** Whether there is one output, as most heads have it. */
    boolean isAlone() {
        return outputs.size() == 1;
    }

    private long[] sizes() {
        return outputs.get(0).sizes();
    }

    /** Cells of strides 8, 16 and 32 together. */
    int cells() {
        return YoloxHead.anchors(inputWidth, inputHeight);
    }

    int size(int dimension) {
        return (int) sizes()[dimension];
    }

    /** [1, boxes, values] with at least so many values. */
    boolean isRowsOfAtLeast(int values) {
        return isAlone() && is(3) && sizes()[2] >= values;
    }

    /** [1, values, boxes] with at least so many values. */
    boolean isPlanesOfAtLeast(int values) {
        return isAlone() && is(3) && sizes()[1] >= values;
    }

    /** [1, values, rows, columns] with at least so many values. */
    boolean isGridOfAtLeast(int values) {
        return isAlone() && is(4) && sizes()[1] >= values;
    }

    /** Whether the named classes and so many values more make up that dimension. */
    boolean classesFit(int dimension, int others) {
        return namedClasses > 0 && sizes()[dimension] == namedClasses + others;
    }

    /** [1, values] with at least so many values. */
    boolean isVectorOfAtLeast(int values) {
        return isAlone() && is(2) && sizes()[1] >= values;
    }

    /** [rows, values], the rows of all images of a run. */
    boolean isTableOf(int values) {
        return isAlone() && outputs.get(0).is(ModelOutput.OPEN, values) && sizes()[0] == ModelOutput.OPEN;
    }

    private boolean is(int dimensions) {
        return sizes().length == dimensions && sizes()[0] == 1;
    }

    @Override
    public String toString() {
        return isAlone() ? Arrays.toString(sizes()) : outputs.toString();
    }
}
