package dev.framewise.toolkit.inspect;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Tensors whose values lie in a file beside the model. A model is a stranger's file: it may name nothing outside its own folder,
 * neither by its path nor through a link.
 */
final class ExternalData {
    private ExternalData() {}

    /**
     * Looks for a tensor's values, without reading them.
     *
     * @return their number of bytes
     * @throws ModelException if they would lie outside the model's folder, or are not there
     */
    static long check(Path model, TensorProto tensor) throws ModelException {
        String what = model + ": tensor " + tensor.getName() + " has external data";
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        String location = entries.getOrDefault("location", "");
        try {
            Path folder = model.toAbsolutePath().getParent().toRealPath();
            Path named = folder.resolve(location).normalize();
            if (location.isEmpty() || Path.of(location).isAbsolute() || !named.startsWith(folder)) {
                throw new ModelException(
                        what + " at '" + location + "', which is not within the model's folder: refused");
            }
            if (!Files.isRegularFile(named)) {
                throw new ModelException(
                        what + " in " + location + ", which is not beside the model. Copy it there as well.");
            }
            if (!named.toRealPath().startsWith(folder)) {
                throw new ModelException(what + " in " + location + ", a link out of the model's folder: refused");
            }
            long size = Files.size(named);
            long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
            long length = entries.containsKey("length") ? Long.parseLong(entries.get("length")) : size - offset;
            if (offset < 0 || length < 0 || offset > size - length) {
                throw new ModelException(what + ": bytes " + offset + " to " + (offset + length) + " of " + location
                        + ", which has " + size + ". It is truncated, or of another model.");
            }
            return length;
        } catch (InvalidPathException | NumberFormatException e) {
            throw new ModelException(what + " described in no way that makes sense: " + entries, e);
        } catch (IOException e) {
            throw new ModelException(what + " that cannot be read: " + e.getMessage(), e);
        }
    }
}
