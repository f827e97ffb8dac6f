package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * The head of FastestDet: [5 + classes, rows, columns], one plane each for objectness, x, y, width, height and the
 * classes, over a grid of cells.
 *
 * <p>The middle of a box lies tanh(x) and tanh(y) cells from its cell's corner; its width and height are sigmoid(width)
 * and sigmoid(height) of the whole input. Objectness (a sigmoid) and classes (a softmax) are probabilities already; the
 * score is objectness^0.6 * class^0.4.
 *
 * <p>Source: FastestDet, {@code handle_preds} in utils/tool.py and example/onnx-runtime/runtime.py.
 */
final class FastestDetHead implements OneOutputHead {
    static final int BOX_AND_OBJECTNESS = 5;

    private static final double OBJECTNESS_POWER = 0.6;
    private static final double CLASS_POWER = 0.4;

    private final int inputWidth;
    private final int inputHeight;
    private final int columns;
    private final int rows;
    private final int classCount;

    FastestDetHead(int inputWidth, int inputHeight, int columns, int rows, int classCount) {
        this.inputWidth = inputWidth;
        this.inputHeight = inputHeight;
        this.columns = columns;
        this.rows = rows;
        this.classCount = classCount;
    }

    @Override
    public String name() {
        return "fastestdet";
    }

    @Override
    public int classCount() {
        return classCount;
    }

    @Override
    public void decode(FloatBuffer output, float scoreThreshold, Candidates into) {
        // No class score exceeds 1, so most cells end here and cost no power; the margin is for rounding.
        float leastObjectness = (float) (0.999 * Math.pow(scoreThreshold, 1 / OBJECTNESS_POWER));
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float objectness = output.get(row * columns + column);
                if (objectness >= leastObjectness) {
                    decodeCell(output, row, column, objectness, scoreThreshold, into);
                }
            }
        }
    }

    private void decodeCell(
            FloatBuffer output, int row, int column, float objectness, float scoreThreshold, Candidates into) {
        int plane = rows * columns;
        int cell = row * columns + column;
        int classes = BOX_AND_OBJECTNESS * plane + cell;
        int best = 0;
        for (int classId = 1; classId < classCount; classId++) {
            if (output.get(classes + classId * plane) > output.get(classes + best * plane)) {
                best = classId;
            }
        }
        float score = (float)
                (Math.pow(objectness, OBJECTNESS_POWER) * Math.pow(output.get(classes + best * plane), CLASS_POWER));
        // NaN fails the comparison and ends here too.
        if (score >= scoreThreshold && into.wants(best)) {
            into.addAround(
                    (float) (column + Math.tanh(output.get(plane + cell))) * inputWidth / columns,
                    (float) (row + Math.tanh(output.get(2 * plane + cell))) * inputHeight / rows,
                    sigmoid(output.get(3 * plane + cell)) * inputWidth / 2,
                    sigmoid(output.get(4 * plane + cell)) * inputHeight / 2,
                    score,
                    best);
        }
    }

    private static float sigmoid(double x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }
}
