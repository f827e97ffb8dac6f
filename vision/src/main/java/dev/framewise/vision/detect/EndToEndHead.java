package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * The head of YOLOv10 and of YOLO26, which give each object one box and so need no NMS: [boxes, 6], each row left, top,
 * right and bottom in pixels of the network's input, score and class index. Rows that no object fills have low scores.
 *
 * <p>Sources: Wang et al., YOLOv10: Real-Time End-to-End Object Detection, arXiv 2405.14458, section 3.1; Ultralytics,
 * {@code Detect.postprocess} in ultralytics/nn/modules/head.py.
 */
final class EndToEndHead implements OneOutputHead {
    static final int ROW = 6;

    private final int boxes;
    private final int classCount;

    EndToEndHead(int boxes, int classCount) {
        this.boxes = boxes;
        this.classCount = classCount;
    }

    @Override
    public String name() {
        return "end2end";
    }

    @Override
    public int classCount() {
        return classCount;
    }

    @Override
    public boolean needsNms() {
        return false;
    }

    @Override
    public void decode(FloatBuffer output, float scoreThreshold, Candidates into) {
        for (int row = 0; row < boxes * ROW; row += ROW) {
            Head.addBox(into, output, row, output.get(row + 4), scoreThreshold, output.get(row + 5), classCount);
        }
    }
}
