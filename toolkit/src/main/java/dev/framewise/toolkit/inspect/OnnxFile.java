package dev.framewise.toolkit.inspect;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * An ONNX file, parsed and checked as far as its bytes allow.
 *
 * @param path where it is
 * @param sizeBytes of the file, without external data
 * @param model the parsed message; its graph has nodes
 * @param externalBytes of tensors that lie in files beside it
 */
record OnnxFile(Path path, long sizeBytes, ModelProto model, long externalBytes) {
    /** Domain of ONNX's own operators, where a model leaves it empty. */
    static final String STANDARD_DOMAIN = "ai.onnx";

    /** Key of field 1, the IR version, with which every writer begins. */
    private static final byte FIRST_BYTE = 0x08;

    /**
     * Reads a file.
     *
     * @throws ModelException if it is no ONNX model, ends too early, or names external data outside its folder or missing
     */
    static OnnxFile read(Path file) throws ModelException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length == 0 || bytes[0] != FIRST_BYTE) {
            throw new ModelException(file + ": is no ONNX model: " + bytes.length
                    + " bytes that do not begin as one. Check where the file comes from.");
        }
        ModelProto model = parse(file, bytes);
        long externalBytes = 0;
        for (TensorProto tensor : new Constants(model.getGraph()).all().values()) {
            if (Constants.isExternal(tensor)) {
                externalBytes += ExternalData.check(file, tensor);
            }
        }
        return new OnnxFile(file, bytes.length, model, externalBytes);
    }

    private static ModelProto parse(Path file, byte[] bytes) throws ModelException {
        ModelProto model;
        try {
            model = ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(
                    file + ": begins as an ONNX model but breaks within its " + bytes.length
                            + " bytes: truncated or damaged (" + e.getMessage() + "). Fetch it again.",
                    e);
        }
        if (model.getGraph().getNodeCount() == 0 || model.getOpsetImportCount() == 0) {
            throw new ModelException(file + ": has " + model.getGraph().getNodeCount() + " nodes and "
                    + model.getOpsetImportCount()
                    + " operator sets; a model has at least one of each. It is truncated, or no ONNX model.");
        }
        return model;
    }

    /** Versions of the operator sets by domain. */
    Map<String, Long> opsets() {
        Map<String, Long> opsets = new TreeMap<>();
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            opsets.put(opset.getDomain().isEmpty() ? STANDARD_DOMAIN : opset.getDomain(), opset.getVersion());
        }
        return opsets;
    }
}
