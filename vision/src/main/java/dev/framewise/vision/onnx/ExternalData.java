package dev.framewise.vision.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors whose values lie in files beside the model. A model is a stranger's file: it may name nothing outside its own folder, neither
 * by its path, nor through a link, nor as an address in memory (ONNX Runtime understands the location
 * {@code *}{@code /_ORT_MEM_ADDR_/*} so; no file is called that).
 */
final class ExternalData {
    private final Path folder;
    private final Map<Path, Long> sizes = new HashMap<>();

    /**
     * Nothing looked at yet.
     *
     * @param model file whose folder is the only one that may be named
     */
    ExternalData(Path model) throws IOException {
        folder = model.toAbsolutePath().getParent().toRealPath();
    }

    /**
     * Looks for the values of all tensors, without reading them.
     *
     * @return bytes of all files that are named
     * @throws OnnxFormatException if they would lie outside the folder, are not there, or are not as many as the tensor's shape makes
     */
    long check(List<ExternalTensor> tensors) throws OnnxFormatException, IOException {
        for (ExternalTensor tensor : tensors) {
            check(tensor);
        }
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private void check(ExternalTensor tensor) throws OnnxFormatException, IOException {
        String what = "tensor " + tensor.name() + " has external data";
        String location = tensor.entries().getOrDefault("location", "");
        try {
            long size = size(what, location);
            long bytes = tensor.bytes()
                    .orElseThrow(() -> new OnnxFormatException(
                            what + ", but its shape and type make no number of bytes: refused"));
            long offset = Long.parseLong(tensor.entries().getOrDefault("offset", "0"));
            long length = Long.parseLong(tensor.entries().getOrDefault("length", Long.toString(bytes)));
            if (length != bytes) {
                throw new OnnxFormatException(what + " of " + length + " bytes; its shape and type make " + bytes
                        + ". It is damaged, or of another model.");
            }
            if (offset < 0 || offset > size - length) {
                throw new OnnxFormatException(what + ": " + length + " bytes from " + offset + " of " + location
                        + ", which has " + size + ". It is truncated, or of another model.");
            }
        } catch (InvalidPathException | NumberFormatException e) {
            throw new OnnxFormatException(what + " described in no way that makes sense: " + tensor.entries(), e);
        }
    }

    private long size(String what, String location) throws OnnxFormatException, IOException {
        Path named = folder.resolve(location).normalize();
        if (location.isEmpty() || Path.of(location).isAbsolute() || !named.startsWith(folder)) {
            throw new OnnxFormatException(
                    what + " at '" + location + "', which is not within the model's folder: refused");
        }
        if (!Files.isRegularFile(named)) {
            throw new OnnxFormatException(
                    what + " in " + location + ", which is not beside the model. Copy it there as well.");
        }
        Path real = named.toRealPath();
        if (!real.startsWith(folder)) {
            throw new OnnxFormatException(what + " in " + location + ", a link out of the model's folder: refused");
        }
        long size = Files.size(real);
        sizes.put(real, size);
        return size;
    }
}
