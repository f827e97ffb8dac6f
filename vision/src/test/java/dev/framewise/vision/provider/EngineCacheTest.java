package dev.framewise.vision.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCacheTest {
    private static final NetworkInput INPUT = new NetworkInput("ab", "images", 416, 416, 1, 8);
    private static final TensorRtOptions FP16 = tensorRt("tensorrt:fp16=true,cache=/engines");

    @TempDir
    private Path tables;

    @Test
    void theSameGivesTheSameFolder() throws IOException {
        assertThat(folder(FP16, INPUT, "Orin", "1.28.0", "10.9.0"))
                .isEqualTo(folder(tensorRt(FP16.toString()), INPUT, "Orin", "1.28.0", "10.9.0"))
                .hasParentRaw(Path.of("/engines"));
    }

    /** Each of these makes another engine; taking the old one would be wrong or would fail. */
    @Test
    void whateverAnEngineDependsOnGivesAnotherFolder() throws IOException {
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
                "tensorrt:int8=true,cache=/engines,calibration=" + table("one"),
                "tensorrt:int8=true,cache=/engines,calibration=" + table("another"))) {
            folders.add(folder(tensorRt(other), INPUT, "Orin", "1.28.0", "10.9.0"));
        }
        assertThat(folders).doesNotHaveDuplicates();
    }

    @Test
    void aCalibrationTableIsKnownByItsBytesAndMustBeThere() throws IOException {
        String first = "tensorrt:int8=true,cache=/engines,calibration=" + table("one");
        String copy =
                "tensorrt:int8=true,cache=/engines,calibration=" + Files.writeString(tables.resolve("copy"), "one");
        assertThat(folder(tensorRt(first), INPUT, "Orin", "1.28.0", "10.9.0"))
                .isEqualTo(folder(tensorRt(copy), INPUT, "Orin", "1.28.0", "10.9.0"));
        TensorRtOptions absent = tensorRt("tensorrt:int8=true,calibration=/nowhere/table");
        assertThatThrownBy(() -> folder(absent, INPUT, "Orin", "1.28.0", "10.9.0"))
                .isInstanceOf(IOException.class)
                .hasMessage("calibration table /nowhere/table: no such file on this machine");
    }

    private Path table(String content) throws IOException {
        return Files.writeString(tables.resolve(content), content);
    }

    @Test
    void aCacheThatMovesKeepsItsEngines() throws IOException {
        assertThat(folder(tensorRt("tensorrt:fp16=true,cache=/moved"), INPUT, "Orin", "1.28.0", "10.9.0"))
                .hasParentRaw(Path.of("/moved"))
                .hasFileName(folder(FP16, INPUT, "Orin", "1.28.0", "10.9.0")
                        .getFileName()
                        .toString());
    }

    @Test
    void unnamedItLiesInTheAssetCache() throws IOException {
        assertThat(folder(TensorRtOptions.DEFAULTS, INPUT, "Orin", "1.28.0", "10.9.0")
                        .getParent())
                .hasFileName("engines");
    }

    private static Path folder(
            TensorRtOptions options, NetworkInput input, String device, String runtime, String tensorRt)
            throws IOException {
        return EngineCache.folder(options, EngineCache.description(options, input, device, runtime, tensorRt));
    }

    private static TensorRtOptions tensorRt(String text) {
        return (TensorRtOptions) ProviderOptions.parse(text);
    }
}
