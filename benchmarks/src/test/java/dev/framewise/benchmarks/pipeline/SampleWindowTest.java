package dev.framewise.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.schemas.Fate;
import dev.framewise.schemas.InferenceSample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleWindowTest {
    private final List<InferenceSample> samples = new ArrayList<>();

    /** Camera a is done 1 s after it began, b starts late and takes 3 s: side by side they work from 0.55 to 1.05 s. */
    @Test
    void onlyTheTimeInWhichAllCamerasWorkIsCounted() {
        add("a", 100, /* startMillis= */ 50, /* stepMillis= */ 10);
        add("b", 100, /* startMillis= */ 250, /* stepMillis= */ 30);
        SampleWindow window = SampleWindow.of(samples);
        assertThat(window.fromMicros()).isEqualTo(550_000);
        assertThat(window.toMicros()).isEqualTo(1_040_000);
        // in 490 ms, a finishes every 10 ms and b every 30 ms
        assertThat(window.samples()).hasSize(49 + 16);
        assertThat(window.framesPerSecond()).isCloseTo(65 / 0.49, within(1e-9));
    }

    @Test
    void camerasThatWorkOneAfterTheOtherHaveNoSuchTime() {
        add("a", 100, /* startMillis= */ 0, /* stepMillis= */ 10);
        add("b", 100, /* startMillis= */ 5_000, /* stepMillis= */ 10);
        assertThatThrownBy(() -> SampleWindow.of(samples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no time in which all of");
    }

    private void add(String camera, int frames, long startMillis, long stepMillis) {
        for (int i = 0; i < frames; i++) {
            long capturedAtMicros = 1_000L * i;
            InferenceSample sample = new InferenceSample();
            sample.setCamera(camera);
            sample.setSequence(i);
            sample.setFate(Fate.INFERRED);
            sample.setCapturedAtMicros(capturedAtMicros);
            sample.setLatencyMicros(1_000 * (startMillis + stepMillis * i) - capturedAtMicros);
            samples.add(sample);
        }
    }
}
