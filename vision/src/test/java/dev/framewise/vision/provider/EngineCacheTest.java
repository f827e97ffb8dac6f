package dev.framewise.vision.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineCacheTest {
    private static final NetworkInput INPUT = new NetworkInput("ab", "images", 416, 416, 1, 8);
    private static final TensorRtOptions FP16 = tensorRt("tensorrt:fp16=true,cache=/engines");

    @Test
    void theSameGivesTheSameFolder() {
        assertThat(folder(FP16, INPUT, "Orin", "1.28.0", "10.9.0"))
                .isEqualTo(folder(tensorRt(FP16.toString()), INPUT, "Orin", "1.28.0", "10.9.0"))
                .hasParentRaw(Path.of("/engines"));
    }

    /** Each of these makes another engine; taking the old one would be wrong or would fail. */
    @Test
    void whateverAnEngineDependsOnGivesAnotherFolder() {
        List<Path> folders = new ArrayList<>();
        folders.add(folder(FP16, INPUT, "Orin", "1.28.0", "10.9.0"));
        folders.add(folder(FP16, new NetworkInput("cd", "images", 416, 416, 1, 8), "Orin", "1.28.0", "10.9.0"));
        folders.add(folder(FP16, new NetworkInput("ab", "images", 416, 416, 1, 4), "Orin", "1.28.0", "10.9.0"));
        folders.add(folder(FP16, INPUT, "Xavier", "1.28.0", "10.9.0"));
        folders.add(folder(FP16, INPUT, "Orin", "1.28.1", "10.9.0"));
        folders.add(folder(FP16, INPUT, "Orin", "1.28.0", "10.3.0"));
        for (String other : List.of(
                "tensorrt:cache=/engines",
                "tensorrt:int8=true,cache=/engines",
                "tensorrt:fp16=true,device=1,cache=/engines",
                "tensorrt:fp16=true,dla=0,cache=/engines",
                "tensorrt:fp16=true,workspace=1GB,cache=/engines",
                "tensorrt:int8=true,calibration=c,cache=/engines")) {
            folders.add(folder(tensorRt(other), INPUT, "Orin", "1.28.0", "10.9.0"));
        }
        assertThat(folders).doesNotHaveDuplicates();
    }

    @Test
    void aCacheThatMovesKeepsItsEngines() {
        assertThat(folder(tensorRt("tensorrt:fp16=true,cache=/moved"), INPUT, "Orin", "1.28.0", "10.9.0"))
                .hasParentRaw(Path.of("/moved"))
                .hasFileName(folder(FP16, INPUT, "Orin", "1.28.0", "10.9.0")
                        .getFileName()
                        .toString());
    }

    @Test
    void unnamedItLiesInTheAssetCache() {
        assertThat(folder(TensorRtOptions.DEFAULTS, INPUT, "Orin", "1.28.0", "10.9.0")
                        .getParent())
                .hasFileName("engines");
    }

    private static Path folder(
            TensorRtOptions options, NetworkInput input, String device, String runtime, String tensorRt) {
        return EngineCache.folder(options, EngineCache.description(options, input, device, runtime, tensorRt));
    }

    private static TensorRtOptions tensorRt(String text) {
        return (TensorRtOptions) ProviderOptions.parse(text);
    }
}
