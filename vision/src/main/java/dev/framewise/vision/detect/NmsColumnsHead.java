package dev.framewise.vision.detect;

import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * Models with NMS inside that give boxes, scores and classes apart: [n, 4], [n] and [n] for each image, boxes left, top, right and bottom
 * in pixels of the network's input; and, where n is fixed, perhaps the number of those that count, [1].
 *
 * <p>Sources: TensorRT's EfficientNMS plug-in (num_dets, det_boxes, det_scores, det_classes), as YOLOv6, YOLOv7 and others export it;
 * torchvision's detection models (boxes, labels, scores).
 */
final class NmsColumnsHead implements Head {
    private static final long OPEN = ModelOutput.OPEN;

    private final Columns columns;
    private final int classCount;

    /**
     * Which output is which.
     *
     * @param boxes index of the output
     * @param scores index of the output
     * @param classes index of the output
     * @param counts index of the output; -1 if there is none
     */
    record Columns(int boxes, int scores, int classes, int counts) {
        /** Finds out by shapes, types and names; empty if the outputs are no such columns. */
        static Optional<Columns> of(OutputShape shape) {
            int boxes = -1;
            int scores = -1;
            int classes = -1;
            int counts = -1;
            for (int i = 0; i < shape.outputs().size(); i++) {
                ModelOutput output = shape.outputs().get(i);
                boolean column = output.is(1, OPEN) || output.is(OPEN);
                if (output.is(1, OPEN, 4) || output.is(OPEN, 4)) {
                    boxes = boxes < 0 ? i : Integer.MIN_VALUE;
                } else if (output.integer() && (output.is(1, 1) || output.is(1)) && !isNamedClass(output)) {
                    counts = counts < 0 ? i : Integer.MIN_VALUE;
                } else if (column && (output.integer() || isNamedClass(output))) {
                    classes = classes < 0 ? i : Integer.MIN_VALUE;
                } else if (column) {
                    scores = scores < 0 ? i : Integer.MIN_VALUE;
                } else {
                    return Optional.empty();
                }
            }
            boolean complete = boxes >= 0 && scores >= 0 && classes >= 0 && counts >= -1;
            return complete ? Optional.of(new Columns(boxes, scores, classes, counts)) : Optional.empty();
        }

        private static boolean isNamedClass(ModelOutput output) {
            String name = output.name().toLowerCase(Locale.ROOT);
            return name.contains("class") || name.contains("label") || name.contains("cls");
        }
    }

    NmsColumnsHead(Columns columns, int classCount) {
        this.columns = columns;
        this.classCount = classCount;
    }

    @Override
    public String name() {
        return "nms_columns";
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
        FloatBuffer boxes = outputs.floats()[columns.boxes];
        FloatBuffer scores = outputs.floats()[columns.scores];
        FloatBuffer classes = outputs.floats()[columns.classes];
        int rows = Math.min(
                outputs.rows()[columns.boxes],
                Math.min(outputs.rows()[columns.scores], outputs.rows()[columns.classes]));
        if (columns.counts >= 0) {
            // A broken model's count of more, or of fewer than none, is no reason to read elsewhere.
            rows = (int) Math.max(0, Math.min(rows, outputs.floats()[columns.counts].get(0)));
        }
        for (int row = 0; row < rows; row++) {
            Head.addBox(into, boxes, 4 * row, scores.get(row), scoreThreshold, classes.get(row), classCount);
        }
    }
}
