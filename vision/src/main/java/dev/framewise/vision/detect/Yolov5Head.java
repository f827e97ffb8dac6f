package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * The head of YOLOv5, and of YOLOX exported with its decoding inside: [boxes, 5 + classes], each row centre x, centre y,
 * width and height in pixels of the network's input, objectness and class scores, both probabilities already. The score
 * is their product.
 *
 * <p>Source: Ultralytics YOLOv5, {@code Detect.forward} in models/yolo.py and {@code non_max_suppression} in
 * utils/general.py.
 */
final class Yolov5Head implements OneOutputHead {
    static final int BOX_AND_OBJECTNESS = 5;

    private final int boxes;
    private final int classCount;

    Yolov5Head(int boxes, int classCount) {
        this.boxes = boxes;
        this.classCount = classCount;
    }

    @Override
    public String name() {
        return "yolov5";
    }

    @Override
    public int classCount() {
        return classCount;
    }

    @Override
    public void decode(FloatBuffer output, float scoreThreshold, Candidates into) {
        int rowLength = BOX_AND_OBJECTNESS + classCount;
        for (int row = 0; row < boxes * rowLength; row += rowLength) {
            float objectness = output.get(row + 4);
            // No class score exceeds 1, so most boxes end here.
            if (objectness >= scoreThreshold) {
                decodeRow(output, row, objectness, scoreThreshold, into);
            }
        }
    }

    private void decodeRow(FloatBuffer output, int row, float objectness, float scoreThreshold, Candidates into) {
        int classes = row + BOX_AND_OBJECTNESS;
        int best = Head.bestClass(output, classes, classCount);
        float score = objectness * output.get(classes + best);
        // NaN fails the comparison and ends here too.
        if (score >= scoreThreshold && into.wants(best)) {
            into.addAround(
                    output.get(row),
                    output.get(row + 1),
                    output.get(row + 2) / 2,
                    output.get(row + 3) / 2,
                    score,
                    best);
        }
    }
}
