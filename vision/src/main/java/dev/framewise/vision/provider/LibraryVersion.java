package dev.framewise.vision.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of ONNX Runtime in the bytes of one of its libraries, without loading it. Both export or need their symbols under the
 * version {@code VERS_1.28.0} (the version script that ONNX Runtime's build writes); file names and the SONAME
 * {@code libonnxruntime.so.1} do not tell.
 */
final class LibraryVersion {
    private static final Pattern SYMBOL_VERSION = Pattern.compile("VERS_(\\d+\\.\\d+\\.\\d+)\u0000");
    private static final int OVERLAP = 32;

    private LibraryVersion() {}

    /** The first version in the stream, which is read to there. */
    static Optional<String> find(InputStream library) throws IOException {
        byte[] block = new byte[1 << 16];
        int kept = 0;
        for (int read = library.read(block); read >= 0; read = library.read(block, kept, block.length - kept)) {
            int filled = kept + read;
            Matcher matcher = SYMBOL_VERSION.matcher(new String(block, 0, filled, StandardCharsets.ISO_8859_1));
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
            // A version may lie across two blocks.
            kept = Math.min(OVERLAP, filled);
            System.arraycopy(block, filled - kept, block, 0, kept);
        }
        return Optional.empty();
    }
}
