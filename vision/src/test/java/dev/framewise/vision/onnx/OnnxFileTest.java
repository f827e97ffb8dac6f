package dev.framewise.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.framewise.vision.asset.AssetCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFileTest {
    private static final int INITIALIZER = 5;
    private static final int GRAPH = 7;
    private static final int OPERATOR_SETS = 8;

    @TempDir
    private Path outside;

    private Path file;

    @BeforeEach
    void makeFolder() throws IOException {
        file = Files.createDirectory(outside.resolve("models")).resolve("model.onnx");
    }

    @Test
    void readsWhatARealModelSays() throws Exception {
        OnnxFile found = OnnxFile.read(AssetCatalog.standard().locate("yolox-nano-416"));
        assertThat(found)
                .isEqualTo(new OnnxFile(
                        0, List.of(new OnnxInput("images", 1, List.of(1L, 3L, 416L, 416L))), Map.of(), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<!DOCTYPE html><title>Not found</title>", "\u0089PNG\r\n", "version https://git-lfs"})
    void whatIsNoModelIsRefused(String content) throws IOException {
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        assertThat(refusal()).contains("Expected a complete ONNX model");
    }

    /** A cut between two fields leaves a shorter message that is complete; what a model cannot be without comes last here. */
    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = write(TestingOnnx.model(TestingOnnx.graph()));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(refusal()).as("the first %d bytes", length).contains("Expected a complete ONNX model");
        }
    }

    /** Whatever the bytes: a result or a refusal, and neither much memory nor much time. */
    @Test
    void damagedBytesEndInAResultOrInARefusal() throws IOException {
        byte[] whole = write(TestingOnnx.everywhere(TestingOnnx.external(Map.of("location", "w.bin"))));
        SplittableRandom random = new SplittableRandom(/* seed= */ 5);
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            try {
                OnnxFile.read(file);
            } catch (OnnxFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void lengthsBeyondTheFileAreRefusedUnread() throws IOException {
        for (long length : new long[] {100, Integer.MAX_VALUE, Long.MAX_VALUE, -1}) {
            byte[] bytes = new byte[12];
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeTag(GRAPH, /* wireType= */ 2);
            out.writeUInt64NoTag(length);
            Files.write(file, Arrays.copyOf(bytes, out.getTotalBytesWritten()));
            assertThat(refusal()).contains("a field of " + Long.toUnsignedString(length) + " bytes");
        }
    }

    @Test
    void aNameWithoutEndIsRefused() throws IOException {
        NodeProto node = NodeProto.newBuilder().setOpType("A".repeat(70_000)).build();
        write(TestingOnnx.model(GraphProto.newBuilder().addNode(node)));
        assertThat(refusal()).contains("a name of 70000 bytes");
    }

    @Test
    void graphsNestedWithoutEndAreRefused() throws IOException {
        GraphProto.Builder graph = TestingOnnx.graph();
        for (int i = 0; i < 40; i++) {
            graph = TestingOnnx.graph().addNode(TestingOnnx.nodeWith(graph.build()));
        }
        write(TestingOnnx.model(graph));
        assertThat(refusal()).contains("nested more than 100 deep");
    }

    @Test
    void anotherSystemsGroupsAreRefused() throws IOException {
        Files.write(file, new byte[] {7 << 3 | 3, 7 << 3 | 4});
        assertThat(refusal()).contains("wire type 3");
    }

    @Test
    void weightsAmongTheInputsAreNoInputs() throws Exception {
        write(TestingOnnx.model(TestingOnnx.graph()
                .addInput(TestingOnnx.input("x", 1, 3, -1, 8))
                .addInput(TestingOnnx.input("w", 4))
                .addInitializer(TensorProto.newBuilder().setName("w"))));
        assertThat(OnnxFile.read(file).inputs()).containsExactly(new OnnxInput("x", 1, List.of(1L, 3L, -1L, 8L)));
    }

    @Test
    void operatorsOfOtherDomainsAreNamed() throws Exception {
        ModelProto.Builder model = ModelProto.newBuilder(TestingOnnx.model(TestingOnnx.graph()
                .addNode(NodeProto.newBuilder().setDomain("ai.onnx.ml").setOpType("Scaler"))
                .addNode(NodeProto.newBuilder().setDomain("TRT").setOpType("EfficientNMS_TRT"))
                .addNode(NodeProto.newBuilder().setDomain("local").setOpType("Twice"))));
        model.addFunctions(FunctionProto.newBuilder()
                .setDomain("local")
                .setName("Twice")
                .addNode(NodeProto.newBuilder().setDomain("acme").setOpType("Hidden")));
        write(model.build());
        assertThat(OnnxFile.read(file).foreignOperators())
                .containsExactlyInAnyOrderEntriesOf(Map.of("TRT", "EfficientNMS_TRT", "acme", "Hidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DequantizeLinear", "QLinearConv", "ConvInteger"})
    void quantizedNodesAreSeen(String operator) throws Exception {
        write(TestingOnnx.model(TestingOnnx.graph()));
        assertThat(OnnxFile.read(file).quantized()).isFalse();
        write(TestingOnnx.model(
                TestingOnnx.graph().addNode(NodeProto.newBuilder().setOpType(operator))));
        assertThat(OnnxFile.read(file).quantized()).isTrue();
    }

    @Test
    void externalDataBesideTheModelCountsEachFileOnce() throws Exception {
        Files.write(file.resolveSibling("weights.bin"), new byte[64]);
        TensorProto part = TestingOnnx.external(Map.of("location", "weights.bin", "offset", "16", "length", "36"));
        TensorProto other = TestingOnnx.external(Map.of("location", "./weights.bin"));
        write(TestingOnnx.model(TestingOnnx.graph().addInitializer(part).addInitializer(other)));
        assertThat(OnnxFile.read(file).externalBytes()).isEqualTo(64);
    }

    /** ONNX Runtime takes the last of these for the address of a place in its memory. */
    @ParameterizedTest
    @ValueSource(strings = {"../secret.bin", "d/../../secret.bin", "ABSOLUTE", "link.bin", "", "*/_ORT_MEM_ADDR_/*"})
    void externalDataOutsideTheFolderIsRefused(String location) throws Exception {
        Path secret = Files.write(outside.resolve("secret.bin"), new byte[64]);
        Files.createSymbolicLink(file.resolveSibling("link.bin"), secret);
        TensorProto tensor =
                TestingOnnx.external(Map.of("location", location.equals("ABSOLUTE") ? secret.toString() : location));
        write(TestingOnnx.model(TestingOnnx.graph().addInitializer(tensor)));
        assertThat(refusal()).contains("tensor w has external data", location.startsWith("*") ? "Copy" : "refused");
    }

    /** A tensor may hide in many places; each of them alone must be looked at. */
    @ParameterizedTest
    @EnumSource(TestingOnnx.Place.class)
    void externalDataIsFoundWhereverItIsNamed(TestingOnnx.Place place) throws IOException {
        write(TestingOnnx.withTensor(place, TestingOnnx.external(Map.of("location", "../secret.bin"))));
        assertThat(refusal()).contains("'../secret.bin', which is not within the model's folder: refused");
    }

    @Test
    void entriesWithoutTheirMarkAreLookedAtToo() throws IOException {
        TensorProto unmarked = TestingOnnx.external(Map.of("location", "/etc/passwd")).toBuilder()
                .clearDataLocation()
                .build();
        write(TestingOnnx.model(TestingOnnx.graph().addInitializer(unmarked)));
        assertThat(refusal()).contains("'/etc/passwd'", "refused");
        TensorProto twice = TestingOnnx.external(Map.of("location", "w.bin")).toBuilder()
                .addExternalData(TestingOnnx.entry("location", "../secret.bin"))
                .build();
        write(TestingOnnx.model(TestingOnnx.graph().addInitializer(twice)));
        assertThat(refusal()).contains("says twice", "location");
    }

    @Test
    void externalDataThatIsNotThereOrOfTheWrongLengthIsRefused() throws IOException {
        write(externally(Map.of("location", "weights.bin")));
        assertThat(refusal()).contains("not beside the model");
        Files.write(file.resolveSibling("weights.bin"), new byte[64]);
        for (Map<String, String> part : List.of(
                Map.of("location", "weights.bin", "offset", "29"),
                Map.of("location", "weights.bin", "offset", "65"),
                Map.of("location", "weights.bin", "offset", Long.toString(Long.MAX_VALUE)),
                Map.of("location", "weights.bin", "offset", "-1"))) {
            write(externally(part));
            assertThat(refusal()).as(part.toString()).contains("36 bytes from", "which has 64. It is truncated");
        }
        write(externally(Map.of("location", "weights.bin", "length", "35")));
        assertThat(refusal()).contains("of 35 bytes; its shape and type make 36");
        write(externally(Map.of("location", "weights.bin", "offset", "many")));
        assertThat(refusal()).contains("no way that makes sense");
        TensorProto negative = TestingOnnx.external(Map.of("location", "weights.bin")).toBuilder()
                .addDims(-1)
                .build();
        write(TestingOnnx.model(TestingOnnx.graph().addInitializer(negative)));
        assertThat(refusal()).contains("no number of bytes");
    }

    /** Other writers pack the sizes of a shape into one field. */
    @Test
    void packedShapesAreReadToo() throws Exception {
        Files.write(file.resolveSibling("weights.bin"), new byte[36]);
        ByteString packedDims = ByteString.copyFrom(new byte[] {1 << 3 | 2, 2, 3, 3});
        ByteString tensor = TestingOnnx.external(Map.of("location", "weights.bin")).toBuilder()
                .clearDims()
                .build()
                .toByteString()
                .concat(packedDims);
        ByteString graph = TestingOnnx.graph().build().toByteString().concat(field(INITIALIZER, tensor));
        ByteString model = field(GRAPH, graph).concat(field(OPERATOR_SETS, ByteString.EMPTY));
        Files.write(file, model.toByteArray());
        assertThat(OnnxFile.read(file).externalBytes()).isEqualTo(36);
    }

    private static ByteString field(int number, ByteString value) throws IOException {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeBytes(number, value);
        out.flush();
        return bytes.toByteString();
    }

    @Test
    void aMissingFileIsAnError() {
        assertThatThrownBy(() -> OnnxFile.read(file)).isInstanceOf(IOException.class);
    }

    private ModelProto externally(Map<String, String> entries) {
        return TestingOnnx.model(TestingOnnx.graph().addInitializer(TestingOnnx.external(entries)));
    }

    private byte[] write(ModelProto model) throws IOException {
        return Files.readAllBytes(Files.write(file, model.toByteArray()));
    }

    private String refusal() {
        return catchThrowableOfType(OnnxFormatException.class, () -> OnnxFile.read(file))
                .getMessage();
    }
}
