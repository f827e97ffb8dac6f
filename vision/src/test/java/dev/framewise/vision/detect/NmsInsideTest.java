package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.framewise.vision.image.BgrImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with NMS inside and models that classify, from the file to boxes in the source picture of 64x32 pixels. */
class NmsInsideTest {
    private static final int BLACK = 0;
    private static final int WHITE = 255;

    @TempDir
    private Path folder;

    private final Detections found = new Detections();

    /** The number of rows changes from run to run, and is 0 in the first. */
    @Test
    void yolov7Rows() throws Exception {
        Path model = new TestingNms(/* batch= */ 1)
                .rowsAsManyAsPixels("output", /* columns= */ 7, 0, 4, 12, 12, 20, 1, 0.5f, 0, 4, 12, 12, 20, 0, 0.25f)
                .write(folder.resolve("m.onnx"));
        try (Detector detector = open(model, /* slots= */ 3)) {
            assertThat(detector.info().head()).isEqualTo("nms_rows");
            assertThat(detector.info().classNames()).containsExactly("dog", "cat");
            load(detector, 0, WHITE);
            load(detector, 1, BLACK);
            load(detector, 2, WHITE);
            detector.run(3);
            detect(detector, 0, /* size= */ 2);
            assertBox(0, /* score= */ 0.5f, /* classId= */ 1);
            assertBox(1, /* score= */ 0.25f, /* classId= */ 0);
            detect(detector, 1, /* size= */ 0);
            detect(detector, 2, /* size= */ 2);
        }
    }

    /** In a batch each row says whose it is. */
    @Test
    void yolov7RowsOfABatch() throws Exception {
        Path model = new TestingNms(/* batch= */ 2)
                .rowsAsManyAsPixels("output", 7, 1, 4, 12, 12, 20, 1, 0.5f, 0, 4, 12, 12, 20, 0, 0.25f)
                .write(folder.resolve("m.onnx"));
        try (Detector detector = open(model, /* slots= */ 3)) {
            for (int slot = 0; slot < 3; slot++) {
                load(detector, slot, WHITE);
            }
            detector.run(3);
            detect(detector, 0, /* size= */ 1);
            assertBox(0, /* score= */ 0.25f, /* classId= */ 0);
            detect(detector, 1, /* size= */ 1);
            assertBox(0, /* score= */ 0.5f, /* classId= */ 1);
            detect(detector, 2, /* size= */ 1);
            assertBox(0, /* score= */ 0.25f, /* classId= */ 0);
        }
    }

    @Test
    void efficientNms() throws Exception {
        Path model = new TestingNms(/* batch= */ 2)
                .constant("num_dets", DataType.INT32, new long[] {2, 1}, 1, 2)
                .constant(
                        "det_boxes",
                        DataType.FLOAT,
                        new long[] {2, 3, 4},
                        4,
                        12,
                        12,
                        20,
                        9,
                        9,
                        9,
                        9,
                        9,
                        9,
                        9,
                        9,
                        4,
                        12,
                        12,
                        20,
                        4,
                        12,
                        12,
                        20,
                        9,
                        9,
                        9,
                        9)
                .constant("det_scores", DataType.FLOAT, new long[] {2, 3}, 0.5f, 0.9f, 0.9f, 0.75f, 0.25f, 0.9f)
                .constant("det_classes", DataType.INT32, new long[] {2, 3}, 1, 0, 0, 0, 1, 0)
                .write(folder.resolve("m.onnx"));
        try (Detector detector = open(model, /* slots= */ 3)) {
            assertThat(detector.info().head()).isEqualTo("nms_columns");
            for (int slot = 0; slot < 3; slot++) {
                load(detector, slot, WHITE);
            }
            detector.run(3);
            detect(detector, 0, /* size= */ 1);
            assertBox(0, /* score= */ 0.5f, /* classId= */ 1);
            detect(detector, 1, /* size= */ 2);
            assertBox(0, /* score= */ 0.75f, /* classId= */ 0);
            assertBox(1, /* score= */ 0.25f, /* classId= */ 1);
            detect(detector, 2, /* size= */ 1);
        }
    }

    /** As torchvision exports them: no batch, classes of 64 bits. */
    @Test
    void boxesLabelsScores() throws Exception {
        Path model = new TestingNms(/* batch= */ 1)
                .rowsAsManyAsPixels("boxes", /* columns= */ 4, 4, 12, 12, 20, 4, 12, 12, 20)
                .constant("labels", DataType.INT64, new long[] {2}, 1, 0)
                .constant("scores", DataType.FLOAT, new long[] {2}, 0.5f, 0.25f)
                .write(folder.resolve("m.onnx"));
        try (Detector detector = open(model, /* slots= */ 1)) {
            load(detector, 0, WHITE);
            detector.run(1);
            detect(detector, 0, /* size= */ 2);
            assertBox(0, /* score= */ 0.5f, /* classId= */ 1);
            load(detector, 0, BLACK);
            detector.run(1);
            detect(detector, 0, /* size= */ 0);
        }
    }

    /** Floats of known shape alone are pinned, however many outputs there are. */
    @Test
    void columnsOfFloatsArePinned() throws Exception {
        Path model = new TestingNms(/* batch= */ 1)
                .constant("scores", DataType.FLOAT, new long[] {1, 2}, 0.5f, 0.25f)
                .constant("boxes", DataType.FLOAT, new long[] {1, 2, 4}, 4, 12, 12, 20, 4, 12, 12, 20)
                .constant("classes", DataType.FLOAT, new long[] {1, 2}, 1, 0)
                .write(folder.resolve("m.onnx"));
        try (Detector detector = open(model, /* slots= */ 2)) {
            load(detector, 0, WHITE);
            load(detector, 1, WHITE);
            detector.run(2);
            detect(detector, 1, /* size= */ 2);
            assertBox(0, /* score= */ 0.5f, /* classId= */ 1);
        }
    }

    @Test
    void aClassificationIsOneBoxOverThePicture() throws Exception {
        Path model = new TestingNms(/* batch= */ 1)
                .constant("output", DataType.FLOAT, new long[] {1, 2}, 0, (float) Math.log(3))
                .write(folder.resolve("m.onnx"));
        try (Detector detector = open(model, /* slots= */ 1)) {
            assertThat(detector.info().head()).isEqualTo("classification");
            load(detector, 0, WHITE);
            detector.run(1);
            detect(detector, 0, /* size= */ 2);
            assertThat(found.score(0)).isCloseTo(0.75f, within(1e-6f));
            assertThat(found.classId(0)).isEqualTo(1);
            assertThat(new float[] {found.x1(0), found.y1(0), found.x2(0), found.y2(0)})
                    .containsExactly(0, 0, 64, 32);
        }
        DetectorOptions best = DetectorOptions.builder().maxDetections(1).build();
        try (Detector detector = Detector.open(model, best)) {
            load(detector, 0, WHITE);
            detector.run(1);
            detect(detector, 0, /* size= */ 1);
        }
    }

    private static Detector open(Path model, int slots) throws ModelException {
        return Detector.open(model, DetectorOptions.builder().maxBatch(slots).build());
    }

    private static void load(Detector detector, int slot, int grey) throws IOException {
        try (BgrImage picture = new BgrImage(64, 32)) {
            ByteBuffer pixels = picture.buffer();
            while (pixels.hasRemaining()) {
                pixels.put((byte) grey);
            }
            detector.load(slot, picture, new FrameTimings());
        }
    }

    private void detect(Detector detector, int slot, int size) {
        detector.detections(slot, found, new FrameTimings());
        assertThat(found.size()).as("detections of slot %d", slot).isEqualTo(size);
    }

    /** The box 4, 12, 12, 20 of a picture of half the size that lies 8 pixels down. */
    private void assertBox(int index, float score, int classId) {
        assertThat(new float[] {found.x1(index), found.y1(index), found.x2(index), found.y2(index)})
                .containsExactly(8, 8, 24, 24);
        assertThat(found.score(index)).isEqualTo(score);
        assertThat(found.classId(index)).isEqualTo(classId);
    }
}
