package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * The head of YOLOX as its own exporter writes it: [anchors, 5 + classes], each row centre x, centre y, width, height,
 * objectness and class scores, of the grids of strides 8, 16 and 32 one after the other, rows of a grid first.
 *
 * <p>Centres are offsets in cells and sizes logarithms of cells: centre = (offset + cell) * stride, size = exp(value) *
 * stride, in pixels of the network's input. Objectness and class scores are probabilities already (the sigmoid is in
 * the graph); a box has the class of the highest class score, and its score is the product of the two.
 *
 * <p>Source: Ge et al., YOLOX: Exceeding YOLO Series in 2021, arXiv 2107.08430, section 2; Megvii YOLOX,
 * {@code demo_postprocess} in yolox/utils/demo_utils.py.
 */
final class YoloxHead implements OneOutputHead {
    static final int BOX_AND_OBJECTNESS = 5;

    private static final int[] STRIDES = {8, 16, 32};

    private final int inputWidth;
    private final int inputHeight;
    private final int classCount;

    YoloxHead(int inputWidth, int inputHeight, int classCount) {
        this.inputWidth = inputWidth;
        this.inputHeight = inputHeight;
        this.classCount = classCount;
    }

    /** Number of rows of the output for an input of that size. */
    static int anchors(int inputWidth, int inputHeight) {
        int anchors = 0;
        for (int stride : STRIDES) {
            anchors += (inputWidth / stride) * (inputHeight / stride);
        }
        return anchors;
    }

    @Override
    public String name() {
        return "yolox";
    }

    @Override
    public int classCount() {
        return classCount;
    }

    @Override
    public void decode(FloatBuffer output, float scoreThreshold, Candidates into) {
        int rowLength = BOX_AND_OBJECTNESS + classCount;
        int row = 0;
        for (int stride : STRIDES) {
            int columns = inputWidth / stride;
            int rows = inputHeight / stride;
            for (int cellY = 0; cellY < rows; cellY++) {
                for (int cellX = 0; cellX < columns; cellX++, row += rowLength) {
                    float objectness = output.get(row + 4);
                    // No class score exceeds 1, so most cells end here.
                    if (objectness >= scoreThreshold) {
                        decodeCell(output, row, objectness, cellX, cellY, stride, scoreThreshold, into);
                    }
                }
            }
        }
    }

    private void decodeCell(
            FloatBuffer output,
            int row,
            float objectness,
            int cellX,
            int cellY,
            int stride,
            float scoreThreshold,
            Candidates into) {
        int classes = row + BOX_AND_OBJECTNESS;
        int best = Head.bestClass(output, classes, classCount);
        float score = objectness * output.get(classes + best);
        // Not 'score < threshold': a broken model's NaN ends here too.
        if (!(score >= scoreThreshold) || !into.wants(best)) {
            return;
        }
        float centreX = (output.get(row) + cellX) * stride;
        float centreY = (output.get(row + 1) + cellY) * stride;
        float halfWidth = (float) Math.exp(output.get(row + 2)) * stride / 2;
        float halfHeight = (float) Math.exp(output.get(row + 3)) * stride / 2;
        into.addAround(centreX, centreY, halfWidth, halfHeight, score, best);
    }
}
