package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.provider.EngineBuilds;
import dev.framewise.vision.provider.ProviderOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the ONNX Runtime of the build, which knows the CPU only: every other provider is absent, XNNPACK too. */
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
    void absentProvidersArePassedOverWithOneLineForAModel() throws ModelException {
        DetectorOptions options = asking("tensorrt:fp16=true,cache=" + folder + ",cuda,openvino,xnnpack:threads=2");
        try (TestingLog log = new TestingLog(Sessions.class);
                Detector detector = Detector.open(model, options);
                Detector ofAnotherSubtask = Detector.open(model, options)) {
            assertThat(detector.info().provider()).isEqualTo("cpu");
            assertThat(ofAnotherSubtask.info().provider()).isEqualTo("cpu");
            assertThat(log.warnings()).hasSize(1);
            assertThat(log.warnings().get(0))
                    .startsWith(model + ": asked for tensorrt:fp16=true")
                    .contains(
                            "(Failed to find TensorRT shared provider), then cuda (Failed to find CUDA shared provider)",
                            "then openvino (Failed to find OpenVINO shared provider)",
                            "then xnnpack:threads=2 (XNNPACK execution provider is not supported in this build)",
                            "ONNX Runtime 1.28.0 of [CPU]")
                    .endsWith("it runs on cpu instead");
        }
    }

    /** The precision is that of what runs, not of what was asked for. */
    @Test
    void whatRunsIsWhatIsNoted() throws ModelException {
        try (TestingLog log = new TestingLog(EngineBuilds.class);
                Detector detector = Detector.open(model, asking("tensorrt:fp16=true,cache=" + folder.resolve("e")))) {
            assertThat(detector.info().precision()).isEqualTo("fp32");
            assertThat(log.lines()).isEmpty();
            assertThat(folder.resolve("e")).doesNotExist();
        }
    }

    @Test
    void anAbsentProviderAskedForStrictlyIsAnError() {
        DetectorOptions options =
                asking("cuda:device=1").toBuilder().strict(true).build();
        assertThatThrownBy(() -> Detector.open(model, options))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cuda:device=1 was asked for strictly and cannot be had: Failed to find CUDA")
                .hasMessageContaining("1.28.0 in use has [CPU]")
                .hasMessageContaining("Install");
    }

    private static DetectorOptions asking(String providers) {
        return DetectorOptions.builder()
                .providers(ProviderOptions.parseList(providers))
                .build();
    }
}
