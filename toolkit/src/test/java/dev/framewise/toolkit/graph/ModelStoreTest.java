package dev.framewise.toolkit.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.vision.asset.AssetCatalog;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {
    @TempDir
    private Path outside;

    private Path file;

    @BeforeEach
    void makeFolder() throws IOException {
        file = Files.createDirectory(outside.resolve("models")).resolve("model.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<!DOCTYPE html><title>Not found</title>", "\u0089PNG", "version https://git-lfs"})
    void whatIsNoModelIsCalledNone(String content) throws Exception {
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> ModelStore.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.onnx: is no ONNX model");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 50_000, 3_678_000})
    void aTruncatedModelIsCalledTruncated(int length) throws Exception {
        byte[] whole = Files.readAllBytes(AssetCatalog.standard().locate("yolox-nano-416"));
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> ModelStore.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("truncated");
    }

    @Test
    void aMissingFileIsAnErrorInWords() {
        assertThatThrownBy(() -> ModelStore.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.onnx: cannot be read");
    }

    @Test
    void externalDataBesideTheModelIsReadIn() throws Exception {
        byte[] bytes = new byte[64];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        Files.write(file.resolveSibling("weights.bin"), bytes);
        TensorProto read = ModelStore.read(external(Map.of("location", "weights.bin", "offset", "16", "length", "36")))
                .getGraph()
                .getInitializer(0);
        assertThat(Tensors.isExternal(read)).isFalse();
        assertThat(read.getRawData().toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 16, 52));
        assertThat(ModelStore.read(external(Map.of("location", "weights.bin")))
                        .getGraph()
                        .getInitializer(0)
                        .getRawData()
                        .toByteArray())
                .isEqualTo(Arrays.copyOf(bytes, 36));
    }

    @Test
    void whatWasReadInCanBeWrittenElsewhere() throws Exception {
        Files.write(file.resolveSibling("weights.bin"), new byte[36]);
        Path copy = outside.resolve("copy.onnx");
        ModelStore.write(copy, ModelStore.read(external(Map.of("location", "weights.bin"))));
        assertThat(ModelStore.check(copy).externalBytes()).isZero();
    }

    @Test
    void anUnsoundModelIsNotWritten() throws Exception {
        assertThatThrownBy(() -> ModelStore.write(
                        file,
                        new TestingGraph()
                                .input("x", 1)
                                .node("Relu", "y", "z")
                                .output("y", 1)
                                .model()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("y (Relu) reads z, which nothing before it makes");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFullDiskLeavesWhatWasThere() throws Exception {
        Files.writeString(file, "before");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.onnx: cannot be written: No space left on device");
        assertThat(file).hasContent("before");
        try (java.util.stream.Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.bin", "deeper/../../secret.bin", "ABSOLUTE", "link.bin", ""})
    void externalDataOutsideTheFolderIsRefused(String location) throws Exception {
        Path secret = Files.write(outside.resolve("secret.bin"), new byte[64]);
        Files.createSymbolicLink(file.resolveSibling("link.bin"), secret);
        Path model = external(Map.of("location", location.equals("ABSOLUTE") ? secret.toString() : location));
        assertThatThrownBy(() -> ModelStore.read(model))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void externalDataThatIsNotThereOrTooShortIsAnError() throws Exception {
        Path missing = external(Map.of("location", "weights.bin"));
        assertThatThrownBy(() -> ModelStore.read(missing)).hasMessageContaining("not beside the model");
        Files.write(file.resolveSibling("weights.bin"), new byte[64]);
        for (Map<String, String> part : java.util.List.of(
                Map.of("location", "weights.bin", "offset", "32"),
                Map.of("location", "weights.bin", "offset", "60", "length", "36"),
                Map.of("location", "weights.bin", "offset", "65"),
                Map.of("location", "weights.bin", "offset", "-1"))) {
            Path model = external(part);
            assertThatThrownBy(() -> ModelStore.read(model))
                    .as(part.toString())
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("truncated");
        }
        Path nonsense = external(Map.of("location", "weights.bin", "offset", "many"));
        assertThatThrownBy(() -> ModelStore.read(nonsense)).hasMessageContaining("no way that makes sense");
    }

    private Path external(Map<String, String> entries) throws IOException {
        TensorProto.Builder weights = TestingGraph.tensor("w", TensorProto.DataType.FLOAT, 3, 3)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        entries.forEach((key, value) -> weights.addExternalData(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return new TestingGraph()
                .input("x", 1, 3)
                .initializer(weights.build())
                .node("MatMul", "y", "x", "w")
                .output("y", 1, 3)
                .write(file);
    }
}
