package dev.framewise.vision.detect;

import dev.framewise.vision.asset.Fingerprint;
import dev.framewise.vision.onnx.OnnxFile;
import dev.framewise.vision.onnx.OnnxFormatException;
import dev.framewise.vision.onnx.OnnxInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model's file that passed every check that its bytes allow; no runtime has touched it. For a file that was fetched:
 *
 * <pre>{@code
 * ModelFile file = ModelFile.verify(fetched, sha256OfTheModelsTopic, options);
 * Detector detector = Detector.open(file.path(), options);
 * }</pre>
 *
 * <p>Refused are, in this order: a missing file; one larger than {@link DetectorOptions#maxModelBytes()}; one of another
 * hash; what is not a complete ONNX model; external data that is absolute, leaves the model's folder (by its path or through a
 * link), is missing or of the wrong length, wherever in the model it is named; operators of domains that neither ONNX Runtime
 * nor a provider asked for has; and inputs that are not one picture tensor. {@link Detector#open} does the same, without an
 * expected hash. A file that is changed between the check and its opening is the caller's to prevent: verify where nobody
 * else writes. External data is not part of the hash.
 *
 * <p>Reads the file twice, in small pieces; may be called on any thread.
 *
 * @param path where it is
 * @param sizeBytes of the file itself
 * @param externalBytes of the files beside it that hold its tensors
 * @param sha256 hash of the file itself, 64 lower case hexadecimal digits
 * @param quantized whether it holds quantized nodes
 * @param input its one input, which takes pictures
 */
public record ModelFile(
        Path path, long sizeBytes, long externalBytes, String sha256, boolean quantized, OnnxInput input) {
    /** 1 GiB, external data included. */
    public static final long DEFAULT_MAX_BYTES = 1L << 30;

    /** Domains that every ONNX Runtime has beside ONNX's own. */
    private static final Set<String> RUNTIME_DOMAINS = Set.of(
            "com.microsoft",
            "com.microsoft.nchwc",
            "com.microsoft.experimental",
            "com.ms.internal.nhwc",
            "ai.onnx.training",
            "ai.onnx.preview.training",
            "org.pytorch.aten");

    private static final List<String> TYPES = List.of(
            "of no type",
            "FLOAT",
            "UINT8",
            "INT8",
            "UINT16",
            "INT16",
            "INT32",
            "INT64",
            "STRING",
            "BOOL",
            "FLOAT16",
            "DOUBLE");

    /**
     * Checks a file that may be anything.
     *
     * @param expectedSha256 64 hexadecimal digits
     * @param options what the model will be opened with
     * @throws ModelException with what was expected and found, and what to do
     */
    public static ModelFile verify(Path model, String expectedSha256, DetectorOptions options) throws ModelException {
        return verify(model, Optional.of(expectedSha256), options);
    }

    /** The same of a file whose hash nobody said. */
    public static ModelFile verify(Path model, DetectorOptions options) throws ModelException {
        return verify(model, Optional.empty(), options);
    }

    private static ModelFile verify(Path model, Optional<String> expectedSha256, DetectorOptions options)
            throws ModelException {
        if (!Files.isRegularFile(model)) {
            throw new ModelException(model + ": no such model file. Name a file, or a model of the asset catalog.");
        }
        try {
            requireSize(model, Files.size(model), options);
            Fingerprint found = Fingerprint.of(model);
            if (expectedSha256.isPresent()
                    && !expectedSha256.get().toLowerCase(Locale.ROOT).equals(found.sha256())) {
                throw new ModelException(model + ": expected SHA-256 " + expectedSha256.get() + "; found " + found
                        + ". It is damaged, or another model: fetch it again, or correct the hash.");
            }
            OnnxFile file = OnnxFile.read(model);
            requireSize(model, found.sizeBytes() + file.externalBytes(), options);
            requireOperators(model, file.foreignOperators(), options);
            OnnxInput input = pictures(model, file.inputs());
            return new ModelFile(
                    model, found.sizeBytes(), file.externalBytes(), found.sha256(), file.quantized(), input);
        } catch (OnnxFormatException e) {
            throw new ModelException(model + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelException(model + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireSize(Path model, long bytes, DetectorOptions options) throws ModelException {
        if (bytes > options.maxModelBytes()) {
            throw new ModelException(model + ": has " + bytes + " bytes; allowed: " + options.maxModelBytes()
                    + " with all that lies beside it. Raise the limit if the model is meant.");
        }
    }

    private static void requireOperators(Path model, Map<String, String> operators, DetectorOptions options)
            throws ModelException {
        Map<String, String> unknown = new TreeMap<>(operators);
        unknown.keySet().removeAll(RUNTIME_DOMAINS);
        options.providers().forEach(provider -> unknown.keySet().removeAll(provider.domains()));
        if (!unknown.isEmpty()) {
            throw new ModelException(
                    model + ": has operators that ONNX Runtime does not have, domain and first operator " + unknown
                            + ". Export it without custom operators.");
        }
    }

    private static OnnxInput pictures(Path model, List<OnnxInput> inputs) throws ModelException {
        if (inputs.size() != 1) {
            throw new ModelException(model + ": expected one input; found "
                    + inputs.stream().map(OnnxInput::name).toList()
                    + ". Export the model with one input, for pictures.");
        }
        OnnxInput input = inputs.get(0);
        String type = input.elementType() >= 0 && input.elementType() < TYPES.size()
                ? TYPES.get(input.elementType())
                : "type " + input.elementType();
        PictureInput.require(
                model,
                input.name(),
                type,
                input.shape().stream().mapToLong(Long::longValue).toArray());
        return input;
    }
}
