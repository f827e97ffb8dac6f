package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * The head of YOLOv10 and of YOLO26, which give each object one box and so need no NMS: [boxes, 6], each row left, top,
 * right and bottom in pixels of the network's input, score and class index. Rows that no object fills have low scores.
 *
 * <p>Sources: Wang et al., YOLOv10: Real-Time End-to-End Object Detection, arXiv 2405.14458, section 3.1; Ultralytics,
 * {@code Detect.postprocess} in ultralytics/nn/modules/head.py.
 */
final class EndToEndHead implements Head {
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
            float score = output.get(row + 4);
            float classId = output.get(row + 5);
            // A broken model's NaN fails these comparisons, and its classes that do not exist fail them too.
            if (score >= scoreThreshold && classId >= 0 && classId < classCount && into.wants((int) classId)) {
                float left = output.get(row);
                float top = output.get(row + 1);
                float right = output.get(row + 2);
                float bottom = output.get(row + 3);
                if (Float.isFinite(left + right) && Float.isFinite(top + bottom)) {
                    into.add(left, top, right, bottom, score, (int) classId);
                }
            }
        }
    }
}
