package dev.framewise.vision.detect;

import java.util.Arrays;

/**
 * The shape of a model's output, and what helps to tell what it means.
 *
 * @param sizes shape that the model really gives for a batch of one
 * @param inputWidth width of the network's input, pixels
 * @param inputHeight height of the network's input, pixels
 * @param namedClasses number of classes that are named; 0 if none is
 */
record OutputShape(long[] sizes, int inputWidth, int inputHeight, int namedClasses) {
    /** Cells of strides 8, 16 and 32 together. */
    int cells() {
        return YoloxHead.anchors(inputWidth, inputHeight);
    }

    int size(int dimension) {
        return (int) sizes[dimension];
    }

    /** [1, boxes, values] with at least so many values. */
    boolean isRowsOfAtLeast(int values) {
        return is(3) && sizes[2] >= values;
    }

    /** [1, values, boxes] with at least so many values. */
    boolean isPlanesOfAtLeast(int values) {
        return is(3) && sizes[1] >= values;
    }

    /** [1, values, rows, columns] with at least so many values. */
    boolean isGridOfAtLeast(int values) {
        return is(4) && sizes[1] >= values;
    }

    /** Whether the named classes and so many values more make up that dimension. */
    boolean classesFit(int dimension, int others) {
        return namedClasses > 0 && sizes[dimension] == namedClasses + others;
    }

    private boolean is(int dimensions) {
        return sizes.length == dimensions && sizes[0] == 1;
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
