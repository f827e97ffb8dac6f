package dev.framewise.vision.detect;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What can be said of a model from its bytes alone.
 *
 * @param sha256 hash, lower case hexadecimal
 * @param quantized whether it holds quantized nodes: ONNX Runtime has no call that tells, but the operator's name
 *     stands in the file
 */
record ModelFile(String sha256, boolean quantized) {
    private static final byte[] QUANTIZED_NODE = "DequantizeLinear".getBytes(StandardCharsets.US_ASCII);

    static ModelFile read(Path model) throws ModelException {
        if (!Files.isRegularFile(model)) {
            throw new ModelException(model + ": no such model file. Name a file, or a model of the asset catalog.");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(model))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[1 << 16];
            boolean quantized = false;
            int matched = 0;
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
                for (int i = 0; i < read && !quantized; i++) {
                    if (block[i] != QUANTIZED_NODE[matched]) {
                        matched = 0;
                    }
                    // 'D' occurs only at the front of the name, so a failed match can restart at this byte.
                    if (block[i] == QUANTIZED_NODE[matched]) {
                        matched++;
                    }
                    quantized = matched == QUANTIZED_NODE.length;
                }
            }
            return new ModelFile(HexFormat.of().formatHex(digest.digest()), quantized);
        } catch (IOException e) {
            throw new ModelException(model + ": cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
