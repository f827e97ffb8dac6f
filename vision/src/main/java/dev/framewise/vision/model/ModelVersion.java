package dev.framewise.vision.model;

import dev.framewise.vision.asset.Fingerprint;
import java.net.URI;

/**
 * One version of a model and what its publisher promises of it.
 *
 * @param model model id
 * @param version unique per model
 * @param uri where its ONNX file is
 * @param file size and hash of that file
 * @param head name of the output layout, such as {@code yolox}
 * @param inputWidth width of the network's input, pixels
 * @param inputHeight height of the network's input, pixels
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 */
public record ModelVersion(
        String model,
        String version,
        URI uri,
        Fingerprint file,
        String head,
        int inputWidth,
        int inputHeight,
        String precision) {
    private static final int HASH_DIGITS = 8;

    /** What track rows call it: id, version and the first digits of its hash. */
    public String label() {
        return model + "@" + version + "-" + file.sha256().substring(0, HASH_DIGITS);
    }

    /** What track rows call a model that was no release: its name and the first digits of its hash. */
    public static String label(String name, String sha256) {
        return name + "@" + sha256.substring(0, HASH_DIGITS);
    }
}
