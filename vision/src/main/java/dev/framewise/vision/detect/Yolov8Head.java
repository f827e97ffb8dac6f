package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * The head of YOLOv8, YOLOv9, YOLO11 and YOLO12: [4 + classes, boxes], the rows centre x, centre y, width and height in
 * pixels of the network's input, then one row of probabilities for each class. There is no objectness: the score is the
 * highest class score.
 *
 * <p>A row is read as a whole, for the maximum alone, which the processor takes of many boxes at once; which class it was
 * is looked up for the few boxes that reach the threshold.
 *
 * <p>Source: Ultralytics, {@code Detect._inference} in ultralytics/nn/modules/head.py.
 */
final class Yolov8Head implements OneOutputHead {
    static final int BOX = 4;

    private final int boxes;
    private final int classCount;
    private final float[] row;
    private final float[] scores;

    Yolov8Head(int boxes, int classCount) {
        this.boxes = boxes;
        this.classCount = classCount;
        row = new float[boxes];
        scores = new float[boxes];
    }

    @Override
    public String name() {
        return "yolov8";
    }

    @Override
    public int classCount() {
        return classCount;
    }

    @Override
    public void decode(FloatBuffer output, float scoreThreshold, Candidates into) {
        findScores(output);
        for (int box = 0; box < boxes; box++) {
            // NaN fails the comparison and ends here too.
            if (scores[box] >= scoreThreshold) {
                decodeBox(output, box, into);
            }
        }
    }

    private void findScores(FloatBuffer output) {
        output.get(BOX * boxes, scores);
        for (int classId = 1; classId < classCount; classId++) {
            output.get((BOX + classId) * boxes, row);
            for (int box = 0; box < boxes; box++) {
                scores[box] = Math.max(scores[box], row[box]);
            }
        }
    }

    private void decodeBox(FloatBuffer output, int box, Candidates into) {
        int classId = 0;
        while (output.get((BOX + classId) * boxes + box) < scores[box]) {
            classId++;
        }
        if (into.wants(classId)) {
            into.addAround(
                    output.get(box),
                    output.get(boxes + box),
                    output.get(2 * boxes + box) / 2,
                    output.get(3 * boxes + box) / 2,
                    scores[box],
                    classId);
        }
    }
}
