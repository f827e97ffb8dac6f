package dev.framewise.vision.detect;

import dev.framewise.vision.image.InputFormat;
import dev.framewise.vision.image.InputFormat.ColourOrder;
import dev.framewise.vision.image.InputFormat.Fit;
import dev.framewise.vision.image.InputFormat.ValueRange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The model families that can be read, in the order in which they are tried on a model that names none. */
enum HeadFamily {
    YOLOX("yolox"),
    YOLOV5("yolov5"),
    YOLOV8("yolov8", "yolov9, yolov11, yolo11, yolov12, yolo12"),
    END2END("end2end", "yolov10, yolov26, yolo26"),
    FASTESTDET("fastestdet"),
    NMS_ROWS("nms_rows", "yolov7_end2end"),
    NMS_COLUMNS("nms_columns", "efficient_nms"),
    CLASSIFICATION("classification", "classify");

    /** Boxes that YOLOv10 and YOLO26 give unless their exporter was told otherwise. */
    private static final int END2END_BOXES = 300;

    private static final int YOLOV5_BOXES_PER_CELL = 3;
    private static final int FASTESTDET_STRIDE = 16;

    private final String id;
    private final String otherNames;

    HeadFamily(String id) {
        this(id, "");
    }

    HeadFamily(String id, String otherNames) {
        this.id = id;
        this.otherNames = otherNames;
    }

    /** The family of that name or other name, whatever its case. */
    static Optional<HeadFamily> find(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(family -> !wanted.isEmpty())
                .filter(family -> family.id.equals(wanted)
                        || List.of(family.otherNames.split(", ")).contains(wanted))
                .findFirst();
    }

    /** All names, for messages. */
    static String names() {
        return Arrays.stream(values())
                .map(family -> family.id + (family.otherNames.isEmpty() ? "" : " (also " + family.otherNames + ")"))
                .collect(Collectors.joining(", "));
    }

    String id() {
        return id;
    }

    /** Separated by commas; empty for none. */
    String otherNames() {
        return otherNames;
    }

    /** Whether nothing but the names of its classes tells how many there are. */
    boolean needsClassNames() {
        return this == END2END || this == NMS_ROWS || this == NMS_COLUMNS;
    }

    /** How models of this family want their pictures unless they say otherwise. */
    InputFormat input() {
        return switch (this) {
            case YOLOX -> InputFormat.yolox();
            case YOLOV5, YOLOV8, END2END, NMS_ROWS, NMS_COLUMNS ->
                InputFormat.of(Fit.CENTRED, ColourOrder.RGB, ValueRange.UNIT);
            case FASTESTDET -> InputFormat.of(Fit.STRETCHED, ColourOrder.BGR, ValueRange.UNIT);
            case CLASSIFICATION -> InputFormat.of(Fit.STRETCHED, ColourOrder.RGB, ValueRange.UNIT);
        };
    }

    /**
     * Whether a model of this family may have that output.
     *
     * @param named whether somebody who knows the model says that it is of this family: then sizes that a changed export
     *     may have are taken too
     */
    boolean reads(OutputShape shape, boolean named) {
        int cells = shape.cells();
        return switch (this) {
            case YOLOX -> shape.isRowsOfAtLeast(6) && shape.size(1) == cells;
            case YOLOV5 -> {
                boolean usual = shape.isRowsOfAtLeast(6) && shape.size(1) == YOLOV5_BOXES_PER_CELL * cells;
                boolean likely = shape.isRowsOfAtLeast(6) && (shape.size(1) == cells || shape.classesFit(2, 5));
                yield usual || (named && likely);
            }
            case YOLOV8 -> shape.isPlanesOfAtLeast(5) && (shape.size(2) == cells || shape.classesFit(1, 4));
            case END2END -> shape.isRowsOfAtLeast(6) && shape.size(2) == 6 && (named || shape.size(1) == END2END_BOXES);
            case FASTESTDET -> {
                boolean grid = shape.isGridOfAtLeast(6);
                boolean usual = grid
                        && shape.size(2) == shape.inputHeight() / FASTESTDET_STRIDE
                        && shape.size(3) == shape.inputWidth() / FASTESTDET_STRIDE;
                yield usual || (named && grid);
            }
            case NMS_ROWS -> shape.isTableOf(NmsRowsHead.ROW);
            case NMS_COLUMNS -> NmsColumnsHead.Columns.of(shape).isPresent();
            case CLASSIFICATION -> shape.isVectorOfAtLeast(2);
        };
    }

    /** What its output looks like, for messages. */
    String layout(OutputShape shape) {
        int cells = shape.cells();
        return id
                + switch (this) {
                    case YOLOX -> " [1, " + cells + ", 5 + classes]";
                    case YOLOV5 -> " [1, " + YOLOV5_BOXES_PER_CELL * cells + ", 5 + classes]";
                    case YOLOV8 -> " [1, 4 + classes, " + cells + "]";
                    case END2END -> " [1, " + END2END_BOXES + ", 6]";
                    case FASTESTDET ->
                        " [1, 5 + classes, " + shape.inputHeight() / FASTESTDET_STRIDE + ", "
                                + shape.inputWidth() / FASTESTDET_STRIDE + "]";
                    case NMS_ROWS -> " [rows, 7]";
                    case NMS_COLUMNS -> " [1, n, 4], [1, n], [1, n] and perhaps a count [1, 1]";
                    case CLASSIFICATION -> " [1, classes]";
                };
    }

    /** The head for an output that this family reads. */
    Head create(OutputShape shape) {
        return switch (this) {
            case YOLOX -> new YoloxHead(shape.inputWidth(), shape.inputHeight(), shape.size(2) - 5);
            case YOLOV5 -> new Yolov5Head(shape.size(1), shape.size(2) - 5);
            case YOLOV8 -> new Yolov8Head(shape.size(2), shape.size(1) - 4);
            case END2END -> new EndToEndHead(shape.size(1), shape.namedClasses());
            case FASTESTDET ->
                new FastestDetHead(
                        shape.inputWidth(), shape.inputHeight(), shape.size(3), shape.size(2), shape.size(1) - 5);
            case NMS_ROWS -> new NmsRowsHead(shape.namedClasses());
            case NMS_COLUMNS ->
                new NmsColumnsHead(NmsColumnsHead.Columns.of(shape).orElseThrow(), shape.namedClasses());
            case CLASSIFICATION -> new ClassificationHead(shape.inputWidth(), shape.inputHeight(), shape.size(1));
        };
    }
}
