package dev.framewise.vision.asset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells two files apart.
 *
 * @param sizeBytes size, 0 or more
 * @param sha256 64 lower case hexadecimal digits
 */
public record Fingerprint(long sizeBytes, String sha256) {
    public Fingerprint {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("size in bytes is " + sizeBytes + ", must be 0 or more");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'" + sha256 + "' is no SHA-256 of 64 lower case hexadecimal digits");
        }
    }

    /** Reads the whole file. */
    public static Fingerprint of(Path file) throws IOException {
        MessageDigest digest = sha256Digest();
        byte[] buffer = new byte[1 << 16];
        long sizeBytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                sizeBytes += n;
            }
        }
        return new Fingerprint(sizeBytes, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return sizeBytes + " bytes, SHA-256 " + sha256;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
