package dev.framewise.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.provider.ProviderOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorFactoryTest {
    /** What runs is what every sample, and so every benchmark row, says; not what was asked for. */
    @Test
    void travelsWithItsProvidersAndStampsTheOneThatRuns() throws Exception {
        DetectorFactory travelled = InstantiationUtil.clone(factory("tensorrt:fp16=true,workspace=1GB,xnnpack", false));
        FrameTask task = new FrameTask();
        try (BatchSession session = travelled.open()) {
            session.stamp(task);
        }
        assertThat(task.cost.provider).isEqualTo("cpu");
        assertThat(task.cost.precision).isEqualTo("fp32");
        assertThat(task.cost.model).isEqualTo("yolox-nano-416");
    }

    @Test
    void strictlyTheFirstMustBeHad() {
        assertThatThrownBy(() -> factory("xnnpack:threads=2", true).open())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("xnnpack:threads=2 was asked for strictly");
    }

    @Test
    void namesOfClassesComeFromAFileOnTheMachine(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("names.txt");
        assertThatThrownBy(() -> factory("cpu", false)
                        .describedBy("", missing.toString())
                        .open())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("names.txt: the names of the classes cannot be read");
        Path two = Files.writeString(folder.resolve("two.txt"), "perro\ngato\n");
        assertThatThrownBy(() -> factory("cpu", false)
                        .describedBy("yolox", two.toString())
                        .open())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("expected names of 80 classes")
                .hasMessageContaining("found 2: [perro, gato]");
    }

    private static DetectorFactory factory(String providers, boolean strict) {
        return new DetectorFactory(
                "yolox-nano-416",
                new Tuning(/* maxBatch= */ 2, /* threads= */ 1, Tuning.Aim.THROUGHPUT, Duration.ZERO),
                ProviderOptions.parseList(providers),
                strict,
                /* scoreThreshold= */ 0.1f,
                List.of());
    }
}
