package dev.framewise.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.board.BoardModel;
import dev.framewise.vision.provider.ExecutionProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EdgePresetTest {
    private static final BoardModel PI = new BoardModel("Raspberry Pi 5 Model B Rev 1.0", "raspberry-pi-5");
    private static final BoardModel AGX = new BoardModel("NVIDIA Jetson AGX Orin Developer Kit", "jetson-agx-orin");

    @Test
    void aRaspberryPiLooksAtOneOfThreeWithFourThreads() {
        EdgePreset preset = EdgePreset.find("pi5").orElseThrow();

        assertThat(preset.refusal(PI)).isEmpty();
        assertThat(preset.width() + "x" + preset.height() + ", " + preset.input())
                .isEqualTo("640x480, 320");
        assertThat(preset.interval()).isEqualTo(3);
        assertThat(preset.threads()).isEqualTo(4);
    }

    @Test
    void anOrinRunsTensorRtInHalfPrecision() {
        EdgePreset preset = EdgePreset.find("orin").orElseThrow();

        assertThat(preset.refusal(AGX)).isEmpty();
        assertThat(preset.providers().get(0).provider()).isEqualTo(ExecutionProvider.TENSORRT);
        assertThat(preset.providers().get(0).computesIn()).contains("fp16");
        assertThat(preset.input()).isEqualTo(640);
        assertThat(preset.score()).isEqualTo(0.35f);
        assertThat(preset.nms()).isEqualTo(0.45f);
    }

    @Test
    void whatTheBoardLacksIsSaidWithWhatWouldFit() {
        assertThat(EdgePreset.ORIN.refusal(PI))
                .contains("preset orin needs a Jetson with TensorRT; this machine is Raspberry Pi 5 Model B Rev 1.0."
                        + " Here try --preset pi5");
        assertThat(EdgePreset.HAILO8.refusal(AGX).orElseThrow())
                .startsWith("preset hailo8 needs HailoRT")
                .endsWith("try --preset agx-orin");
        assertThat(EdgePreset.CORAL.refusal(new BoardModel("", "unknown")).orElseThrow())
                .contains("libedgetpu")
                .endsWith("--preset pi5, which needs nothing but a CPU, or none");
    }

    @ParameterizedTest
    @EnumSource
    void eachIsFoundByItsNameAndTold(EdgePreset preset) {
        assertThat(EdgePreset.find(preset.id())).contains(preset);
        assertThat(EdgePreset.table().lines()).anyMatch(line -> line.startsWith(preset.id() + " "));
        assertThat(preset.watts()).isPositive();
        assertThat(preset.wattsFrom()).isNotBlank();
        assertThat(EdgePreset.table()).contains(preset.wattsFrom());
    }

    @Test
    void aBoardHasItsOwn() {
        assertThat(EdgePreset.of(PI)).contains(EdgePreset.PI5);
        assertThat(EdgePreset.of(AGX)).contains(EdgePreset.AGX_ORIN);
        assertThat(EdgePreset.of(new BoardModel("", "unknown"))).isEmpty();
    }

    @Test
    void othersAreNotThere() {
        assertThat(EdgePreset.find("toaster")).isEmpty();
    }
}
