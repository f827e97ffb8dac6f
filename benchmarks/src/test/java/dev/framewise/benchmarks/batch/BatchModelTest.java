package dev.framewise.benchmarks.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.image.BgrImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchModelTest {
    @Test
    void itTakesAnyBatchAndSeesNothing(@TempDir Path folder) throws Exception {
        Path file = BatchModel.write(folder.resolve("batch.onnx"));
        try (Detector detector = Detector.open(
                file,
                DetectorOptions.builder().maxBatch(8).scoreThreshold(0.01f).build())) {
            assertThat(detector.info().head()).isEqualTo("yolox");
            assertThat(detector.info().fixedBatch()).isZero();
            BgrImage image = new BgrImage(320, 240);
            ByteBuffer pixels = image.buffer();
            for (int i = 0; i < pixels.capacity(); i++) {
                pixels.put(i, (byte) (i / 7));
            }
            for (int slot = 0; slot < 8; slot++) {
                detector.load(slot, image, new FrameTimings());
            }
            detector.run(/* count= */ 8);
            Detections found = new Detections();
            detector.detections(/* slot= */ 7, found, new FrameTimings());
            assertThat(found.size()).isZero();
        }
    }
}
