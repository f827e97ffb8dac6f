package dev.framewise.vision.asset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file on its way: the bytes that have arrived, and beside them the server's name for the version they belong to (its
 * strong {@code ETag}, else {@code Last-Modified}), so that a later process can go on with the same version.
 */
final class PartFile {
    private final Path target;
    private final Path bytes;
    private final Path validator;

    /** The part of one edition of a target: two editions of one file never mix, their parts have different names. */
    PartFile(Path target, Fingerprint edition) {
        String name = target.getFileName() + "." + edition.sha256().substring(0, 8) + ".part";
        this.target = target;
        bytes = target.resolveSibling(name);
        validator = target.resolveSibling(name + ".version");
    }

    /** Bytes on disk so far. */
    long sizeBytes() throws IOException {
        return Files.exists(bytes) ? Files.size(bytes) : 0;
    }

    Fingerprint fingerprint() throws IOException {
        return Fingerprint.of(bytes);
    }

    /** What to send as {@code If-Range}; empty where the server named no version. */
    Optional<String> validator() throws IOException {
        return Files.exists(validator) ? Optional.of(Files.readString(validator)) : Optional.empty();
    }

    /** Opens the part to write at its end, or empty. */
    FileChannel open(boolean startOver, Optional<String> version) throws IOException {
        if (startOver) {
            delete();
            if (version.isPresent()) {
                Files.writeString(validator, version.get());
            }
        }
        return FileChannel.open(bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Makes the part the target in one step: nobody ever sees half a file under the target's name. */
    void complete() throws IOException {
        Files.move(bytes, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(validator);
    }

    void delete() throws IOException {
        Files.deleteIfExists(bytes);
        Files.deleteIfExists(validator);
    }
}
