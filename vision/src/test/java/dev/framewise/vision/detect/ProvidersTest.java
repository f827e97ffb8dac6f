package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the ONNX Runtime of the build, which knows the CPU only: every other provider is absent. */
class ProvidersTest {
    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = TestingModels.yolox(folder.resolve("model.onnx"), 1);
    }

    @Test
    void theCpuNeedsNoWarning() throws ModelException {
        try (TestingLog log = new TestingLog(Sessions.class);
                Detector detector = Detector.open(model, DetectorOptions.defaults())) {
            assertThat(detector.info().provider()).isEqualTo("cpu");
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void eachAbsentProviderIsPassedOverWithOneWarning() throws ModelException {
        DetectorOptions options = DetectorOptions.builder()
                .providers(ExecutionProvider.TENSORRT, ExecutionProvider.CUDA, ExecutionProvider.OPENVINO)
                .build();
        try (TestingLog log = new TestingLog(Sessions.class);
                Detector detector = Detector.open(model, options)) {
            assertThat(detector.info().provider()).isEqualTo("cpu");
            assertThat(log.warnings()).hasSize(3);
            assertThat(log.warnings().get(0)).contains("model.onnx", "tensorrt cannot be had, going on with cuda");
            assertThat(log.warnings().get(1)).contains("cuda cannot be had, going on with openvino");
            assertThat(log.warnings().get(2)).contains("openvino cannot be had, going on with cpu");
        }
    }

    @Test
    void anAbsentProviderAskedForStrictlyIsAnError() {
        DetectorOptions options = DetectorOptions.builder()
                .providers(ExecutionProvider.CUDA)
                .strict(true)
                .build();
        assertThatThrownBy(() -> Detector.open(model, options))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cuda was asked for and cannot be had")
                .hasMessageContaining("Install");
    }
}
