package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.asset.AssetCatalog;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInfoTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatTheModelSaysOfItself() throws ModelException, IOException {
        try (Detector detector =
                Detector.open(TestingModels.described(folder.resolve("helmets.onnx")), DetectorOptions.defaults())) {
            ModelInfo info = detector.info();
            assertThat(info.name()).isEqualTo("helmets");
            assertThat(info.precision()).isEqualTo("fp16");
            assertThat(info.classNames()).containsExactly("helmet");
        }
    }

    @Test
    void namesUnknownClassesByNumber() throws ModelException, IOException {
        try (Detector detector =
                Detector.open(TestingModels.yolox(folder.resolve("m.onnx"), 1), DetectorOptions.defaults())) {
            assertThat(detector.info().classNames()).containsExactly("class0");
        }
    }

    @Test
    void knowsYoloxNano() throws ModelException {
        Path model = AssetCatalog.standard().locate("yolox-nano-416");
        try (Detector detector = Detector.open(model, DetectorOptions.defaults())) {
            ModelInfo info = detector.info();
            assertThat(info.name()).isEqualTo("yolox-nano-416");
            assertThat(info.head()).isEqualTo("yolox");
            assertThat(info.precision()).isEqualTo("fp32");
            assertThat(info.inputWidth()).isEqualTo(416);
            assertThat(info.inputHeight()).isEqualTo(416);
            assertThat(info.fixedBatch()).isEqualTo(1);
            assertThat(info.classCount()).isEqualTo(80);
            assertThat(info.classNames().get(DetectorOptions.PERSON)).isEqualTo("person");
            assertThat(info.sha256()).isEqualTo("e8af074932d4ed7e232278e3055cefcdea3edf178874a3694ae292649fb464dd");
        }
    }
}
