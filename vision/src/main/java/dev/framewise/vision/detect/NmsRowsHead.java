package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * Models with NMS inside that give one table for all images of a run: [rows, 7], each row image of the run, left, top, right and bottom
 * in pixels of the network's input, class index and score. The number of rows is another in each run.
 *
 * <p>Source: YOLOv7, {@code ONNX_ORT} in models/experimental.py (its export with {@code --end2end --max-wh}).
 */
final class NmsRowsHead implements Head {
    static final int ROW = 7;

    private final int classCount;

    NmsRowsHead(int classCount) {
        this.classCount = classCount;
    }

    @Override
    public String name() {
        return "nms_rows";
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
    public void decode(RawOutputs outputs, float scoreThreshold, Candidates into) {
        FloatBuffer table = outputs.floats()[0];
        for (int row = 0; row < outputs.rows()[0] * ROW; row += ROW) {
            if (table.get(row) == outputs.image()) {
                Head.addBox(into, table, row + 1, table.get(row + 6), scoreThreshold, table.get(row + 5), classCount);
            }
        }
    }
}
