package dev.framewise.toolkit.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.onnx.OnnxFile;
import dev.framewise.vision.onnx.OnnxFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX files, in and out. A file that comes in has passed all checks of {@link OnnxFile}; one that goes out those of
 * {@link GraphChecker}, and is there whole or not at all. Any thread.
 */
public final class ModelStore {
    /** Key of field 1, the IR version, with which every writer begins. */
    private static final byte FIRST_BYTE = 0x08;

    /** Protobuf's own limit of a message. */
    private static final long MAX_BYTES = Integer.MAX_VALUE;

    private ModelStore() {}

    /**
     * Reads a model, with what lies in files beside it.
     *
     * @throws ModelException if it is no complete ONNX model, or names external data outside its folder, missing or of another length
     */
    public static ModelProto read(Path file) throws ModelException {
        try {
            OnnxFile checked = check(file);
            if (Files.size(file) + checked.externalBytes() > MAX_BYTES) {
                throw new ModelException(file + ": has " + (Files.size(file) + checked.externalBytes())
                        + " bytes with what lies beside it; models of up to " + MAX_BYTES + " can be changed");
            }
            ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
            return checked.externalBytes() == 0 ? model : inlined(file, model);
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(
                    file + ": begins as an ONNX model but breaks: truncated or damaged (" + e.getMessage()
                            + "). Fetch it again.",
                    e);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The checks alone, with which every reading begins. */
    public static OnnxFile check(Path file) throws ModelException {
        try {
            requireFirstByte(file);
            return OnnxFile.read(file);
        } catch (OnnxFormatException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireFirstByte(Path file) throws IOException, ModelException {
        if (!Files.isRegularFile(file)) {
            throw new ModelException(
                    file + ": cannot be read: there is no such file. Name one, or a model of the catalog.");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer first = ByteBuffer.allocate(1);
            if (channel.read(first) != 1 || first.get(0) != FIRST_BYTE) {
                throw new ModelException(file + ": is no ONNX model: " + channel.size()
                        + " bytes that do not begin as one. Check where the file comes from.");
            }
        }
    }

    private static ModelProto inlined(Path file, ModelProto model) throws IOException, ModelException {
        ModelProto.Builder changed = model.toBuilder();
        GraphProto.Builder graph = changed.getGraphBuilder();
        Path folder = file.toAbsolutePath().getParent();
        for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                inline(folder, tensor);
            }
        }
        return changed.build();
    }

    /** Reads what {@link OnnxFile} has looked at: in the folder, there, and long enough. */
    private static void inline(Path folder, TensorProto.Builder tensor) throws IOException {
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(entries.get("location")))) {
            long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
            TensorProto shape = tensor.buildPartial();
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Tensors.elementBytes(shape) * Tensors.count(shape)));
            channel.position(offset);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // a short read goes on
            }
            if (bytes.hasRemaining()) {
                throw new IOException(entries.get("location") + " became shorter while it was read");
            }
            tensor.clearExternalData()
                    .setDataLocation(TensorProto.DataLocation.DEFAULT)
                    .setRawData(ByteString.copyFrom(bytes.flip()));
        }
    }

    /**
     * Writes a model into one file, in place of the one that is there.
     *
     * @throws ModelException if it is not a model that others would take: a fault of ours, said in words
     * @throws IOException if it cannot be written; what was there before is then still there
     */
    public static void write(Path file, ModelProto model) throws ModelException, IOException {
        List<String> problems = GraphChecker.check(model);
        if (!problems.isEmpty()) {
            throw new ModelException(file + ": not written, because it would be no sound model: "
                    + String.join("; ", problems.subList(0, Math.min(5, problems.size()))));
        }
        WholeFile.write(file, model::writeTo);
    }
}
