package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.framewise.vision.image.InputFormat;
import dev.framewise.vision.image.InputFormat.ColourOrder;
import dev.framewise.vision.image.InputFormat.Fit;
import dev.framewise.vision.image.InputFormat.ValueRange;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which head reads a model of 640x640 pixels, whose strides 8, 16 and 32 have 8400 cells. */
class HeadsTest {
    private static final ModelDescription NONE = ModelDescription.NONE;
    private static final Map<String, String> ULTRALYTICS =
            Map.of("names", "{0: 'person', 1: 'car'}", "stride", "32", "task", "detect");

    @Test
    void theShapeTellsTheHeadOfAModelThatSaysNothing() throws ModelException {
        assertThat(choose(NONE, Map.of(), 1, 8400, 85).name()).isEqualTo("yolox");
        assertThat(choose(NONE, Map.of(), 1, 25200, 85).name()).isEqualTo("yolov5");
        assertThat(choose(NONE, Map.of(), 1, 84, 8400).name()).isEqualTo("yolov8");
        assertThat(choose(NONE, Map.of(), 1, 85, 40, 40).name()).isEqualTo("fastestdet");
        assertThat(choose(NONE, Map.of(), 1, 84, 8400).classCount()).isEqualTo(80);
    }

    @Test
    void metadataSettlesWhatTheShapeLeavesOpen() throws ModelException {
        assertThat(choose(NONE, Map.of(), 1, 8400, 7).name()).isEqualTo("yolox");
        assertThat(choose(NONE, ULTRALYTICS, 1, 8400, 7).name()).isEqualTo("yolov5");
        assertThat(choose(NONE, ULTRALYTICS, 1, 6, 8400).name()).isEqualTo("yolov8");
        assertThat(choose(NONE, ULTRALYTICS, 1, 300, 6).name()).isEqualTo("end2end");
        // Boxes of four strides: only the names tell what the other dimension is.
        assertThat(choose(NONE, ULTRALYTICS, 1, 25500, 7).name()).isEqualTo("yolov5");
        assertThat(choose(NONE, ULTRALYTICS, 1, 6, 34000).name()).isEqualTo("yolov8");
        Map<String, String> end2end = Map.of("names", "['a']", "stride", "32", "end2end", "True");
        assertThat(choose(NONE, end2end, 1, 100, 6).name()).isEqualTo("end2end");
        assertThat(choose(NONE, Map.of("framewise.head", "yolov5"), 1, 8400, 85).name())
                .isEqualTo("yolov5");
    }

    @Test
    void theCallerHasTheLastWord() throws ModelException {
        Map<String, String> wrong = Map.of("framewise.head", "yolox", "framewise.classes", "dog,cat");
        ModelDescription said = NONE.withHead("YOLOv5").withClassNames(List.of("cat", "dog"));
        assertThat(choose(said, wrong, 1, 8400, 7).name()).isEqualTo("yolov5");
        assertThat(chosen(said, wrong, 1, 8400, 7).description().classNames()).containsExactly("cat", "dog");
    }

    @ParameterizedTest
    @CsvSource({
        "yolov9, yolov8",
        "yolo11, yolov8",
        "YOLO12, yolov8",
        "yolov10, end2end",
        "yolo26, end2end",
        "fastestdet, fastestdet",
        "yolov7_end2end, nms_rows",
        "efficient_nms, nms_columns",
        "classify, classification"
    })
    void familiesHaveOtherNames(String name, String head) {
        assertThat(HeadFamily.find(name).orElseThrow().id()).isEqualTo(head);
    }

    @Test
    void aNameThatDoesNotFitIsRefusedWithWhatWasExpectedAndFound() {
        assertThat(refusal(NONE.withHead("yolov8"), Map.of(), 1, 8400, 85))
                .contains("named yolov8", "640x640", "yolov8 [1, 4 + classes, 8400]", "[1, 8400, 85]");
        assertThat(refusal(NONE.withHead("yolox"), Map.of(), 1, 25200, 85)).contains("[1, 8400, 5 + classes]");
        assertThat(refusal(NONE.withHead("yolov10"), Map.of(), 1, 300, 7)).contains("[1, 300, 6]");
        assertThat(refusal(NONE, Map.of("framewise.head", "fastestdet"), 1, 84, 8400))
                .contains("[1, 5 + classes, 40, 40]");
    }

    @Test
    void anOutputThatFitsNoHeadIsRefusedWithAllOfThem() {
        assertThat(refusal(NONE, Map.of(), 1, 10, 10))
                .contains(
                        "yolox [1, 8400, 5 + classes]",
                        "yolov5 [1, 25200, 5 + classes]",
                        "yolov8 [1, 4 + classes, 8400]",
                        "end2end [1, 300, 6]",
                        "fastestdet [1, 5 + classes, 40, 40]",
                        "nms_rows [rows, 7]",
                        "nms_columns [1, n, 4], [1, n], [1, n] and perhaps a count [1, 1]",
                        "classification [1, classes]",
                        "Found: [1, 10, 10]");
    }

    @Test
    void classesMustBeAsManyAsTheirNames() {
        assertThat(refusal(NONE, Map.of("framewise.classes", "a,b,c"), 1, 84, 8400))
                .contains("names of 80 classes", "found 3: [a, b, c]");
        assertThat(refusal(NONE.withClassNames(List.of("a")), ULTRALYTICS, 1, 6, 8400))
                .contains("names of 2 classes", "found 1: [a]");
        assertThat(refusal(NONE, Map.of(), 1, 300, 6)).contains("does not tell the number of classes");
    }

    @Test
    void aVectorIsAClassification() throws ModelException {
        assertThat(choose(NONE, Map.of(), 1, 1000).name()).isEqualTo("classification");
        Map<String, String> task = Map.of("task", "classify", "names", "{0: 'cat', 1: 'dog'}");
        assertThat(choose(NONE, task, 1, 2).name()).isEqualTo("classification");
        assertThat(refusal(NONE, task, 1, 3)).contains("names of 3 classes", "found 2: [cat, dog]");
    }

    @Test
    void severalOutputsAreToldApartByShapeTypeAndName() throws ModelException {
        ModelOutput boxes = ModelOutput.of(1, 100, 4);
        ModelOutput scores = ModelOutput.of(1, 100);
        ModelOutput classes = new ModelOutput("c", /* integer= */ true, new long[] {1, 100});
        ModelOutput count = new ModelOutput("num_dets", /* integer= */ true, new long[] {1, 1});
        assertThat(columns(boxes, scores, classes)).contains(new NmsColumnsHead.Columns(0, 1, 2, -1));
        assertThat(columns(count, boxes, scores, classes)).contains(new NmsColumnsHead.Columns(1, 2, 3, 0));
        ModelOutput named = new ModelOutput("det_classes", /* integer= */ false, new long[] {1, 100});
        assertThat(columns(named, scores, boxes)).contains(new NmsColumnsHead.Columns(2, 1, 0, -1));
        ModelOutput rows = ModelOutput.of(-1, 4);
        ModelOutput labels = new ModelOutput("labels", /* integer= */ true, new long[] {-1});
        assertThat(columns(rows, labels, ModelOutput.of(-1))).contains(new NmsColumnsHead.Columns(0, 2, 1, -1));
        assertThat(columns(boxes, scores)).isEmpty();
        assertThat(columns(boxes, scores, scores)).isEmpty();
        assertThat(columns(boxes, scores, classes, ModelOutput.of(1, 3, 20, 20)))
                .isEmpty();
    }

    @Test
    void columnsThatCannotBeToldApartAreRefusedWithAllOfThem() {
        List<ModelOutput> outputs = List.of(ModelOutput.of(1, 100, 4), ModelOutput.of(1, 100), ModelOutput.of(1, 100));
        assertThatThrownBy(() -> Heads.choose(
                        "m.onnx", 640, 640, outputs, NONE.withHead("efficient_nms"), new ModelMetadata("m", Map.of())))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("Expected for an input of 640x640: nms_columns [1, n, 4], [1, n]")
                .hasMessageContaining("Found: [output [1, 100, 4], output [1, 100], output [1, 100]]");
    }

    private static Optional<NmsColumnsHead.Columns> columns(ModelOutput... outputs) {
        return NmsColumnsHead.Columns.of(new OutputShape(List.of(outputs), 640, 640, 2));
    }

    /** A pose model of one class has the shape of a detector of 52. */
    @Test
    void modelsOfOtherTasksAreRefused() {
        assertThat(refusal(NONE, Map.of("task", "pose"), 1, 56, 8400))
                .contains("task", "detect or classify", "found pose");
    }

    @Test
    void metadataThatCannotBeReadIsRefused() {
        assertThat(refusal(NONE, Map.of("framewise.head", "ssd"), 1, 84, 8400))
                .contains("framewise.head", "yolov8 (also yolov9", "found ssd");
        assertThat(refusal(NONE, Map.of("names", "80 of COCO"), 1, 84, 8400)).contains("names", "found 80 of COCO");
        assertThat(refusal(NONE, Map.of("framewise.input.fit", "left"), 1, 84, 8400))
                .contains("framewise.input.fit", "[top_left, centred, stretched]", "found left");
        assertThat(refusal(NONE, Map.of("framewise.input.mean", "1,2,x"), 1, 84, 8400))
                .contains("framewise.input.", "\"x\"");
        assertThat(refusal(NONE, Map.of("framewise.input.std", "1,2"), 1, 84, 8400))
                .contains("std is [1.0, 2.0]");
        assertThat(refusal(NONE, Map.of("framewise.input.pad", "-1"), 1, 84, 8400))
                .contains("padValue is -1");
    }

    @Test
    void anUnknownHeadIsRefusedBeforeAnyModel() {
        assertThatThrownBy(() -> DetectorOptions.builder().head("ssd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("head is ssd; allowed: yolox, yolov5, yolov8 (also yolov9");
        assertThatThrownBy(() -> NONE.withHead("")).hasMessageContaining("head is ");
    }

    @Test
    void picturesAreTheFamilysUnlessTheModelOrTheCallerSaysOtherwise() throws ModelException {
        InputFormat ultralytics = InputFormat.of(Fit.CENTRED, ColourOrder.RGB, ValueRange.UNIT);
        assertThat(chosen(NONE, Map.of(), 1, 8400, 85).input()).isEqualTo(InputFormat.yolox());
        assertThat(chosen(NONE, Map.of(), 1, 25200, 85).input()).isEqualTo(ultralytics);
        assertThat(chosen(NONE, Map.of(), 1, 84, 8400).input()).isEqualTo(ultralytics);
        assertThat(chosen(NONE, ULTRALYTICS, 1, 300, 6).input()).isEqualTo(ultralytics);
        assertThat(chosen(NONE, Map.of(), 1, 85, 40, 40).input())
                .isEqualTo(InputFormat.of(Fit.STRETCHED, ColourOrder.BGR, ValueRange.UNIT));
        Map<String, String> said = Map.of(
                "framewise.input.fit", "stretched",
                "framewise.input.colours", "BGR",
                "framewise.input.range", "byte",
                "framewise.input.mean", "1, 2, 3",
                "framewise.input.std", "4,5,6",
                "framewise.input.pad", "0");
        assertThat(chosen(NONE, said, 1, 84, 8400).input())
                .isEqualTo(new InputFormat(
                        Fit.STRETCHED,
                        /* padValue= */ 0,
                        ColourOrder.BGR,
                        ValueRange.BYTE,
                        List.of(1.0, 2.0, 3.0),
                        List.of(4.0, 5.0, 6.0)));
        assertThat(chosen(NONE.withInput(ultralytics), said, 1, 84, 8400).input())
                .isEqualTo(ultralytics);
        // What is not said stays the family's.
        assertThat(chosen(NONE, Map.of("framewise.input.range", "byte"), 1, 84, 8400)
                        .input())
                .isEqualTo(ultralytics.withRange(ValueRange.BYTE));
        assertThat(ultralytics.mean()).isEqualTo(Collections.nCopies(3, 0.0));
    }

    private static Head choose(ModelDescription said, Map<String, String> metadata, long... shape)
            throws ModelException {
        return chosen(said, metadata, shape).head();
    }

    private static Heads.Chosen chosen(ModelDescription said, Map<String, String> metadata, long... shape)
            throws ModelException {
        return Heads.choose(
                "m.onnx",
                /* inputWidth= */ 640,
                /* inputHeight= */ 640,
                List.of(ModelOutput.of(shape)),
                said,
                new ModelMetadata("m.onnx", metadata));
    }

    private static String refusal(ModelDescription said, Map<String, String> metadata, long... shape) {
        return catchThrowableOfType(ModelException.class, () -> choose(said, metadata, shape))
                .getMessage();
    }
}
