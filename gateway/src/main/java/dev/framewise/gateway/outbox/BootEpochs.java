package dev.framewise.gateway.outbox;

import dev.framewise.gateway.GatewayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each run of a gateway a boot epoch above all before it, whatever the clock says: a board without a battery clock wakes up
 * in 1970, and readers take a lower epoch for an older one. The last epoch is on the disk before the new one is used.
 */
public final class BootEpochs {
    private static final Logger LOG = LoggerFactory.getLogger(BootEpochs.class);
    private static final String FILE = "boot-epoch";

    private BootEpochs() {}

    /**
     * The epoch of a run that begins now.
     *
     * @param directory of this gateway alone; it exists
     * @param nowMicros the wall clock, microseconds since 1970
     * @param knownMicros the highest epoch that is known from elsewhere, should the file be lost; 0 for none
     * @throws GatewayException if it cannot be kept: without that the next run could number its frames below this one's
     */
    public static long next(Path directory, long nowMicros, long knownMicros) {
        Path file = directory.resolve(FILE);
        long epoch = Math.max(nowMicros, Math.max(last(file), knownMicros) + 1);
        try {
            replace(directory, file, Long.toString(epoch));
        } catch (IOException full) {
            try {
                // a full disk has no room for a new file, but the old one has its block
                overwrite(file, Long.toString(epoch));
                LOG.warn("{}: written over, for there is no room for a new one ({})", file, full.toString());
            } catch (IOException e) {
                throw new GatewayException(
                        file + ": the boot epoch cannot be kept (" + full
                                + "); is the disk full, and may this user write there?",
                        full);
            }
        }
        return epoch;
    }

    private static void replace(Path directory, Path file, String text) throws IOException {
        Path fresh = directory.resolve(FILE + ".new");
        write(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(/* metaData= */ true);
        }
    }

    /** Epochs have as many digits until the year 2286. */
    private static void overwrite(Path file, String text) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
            out.force(/* metaData= */ false);
        }
    }

    /** The epoch of the last run, microseconds since 1970; 0 where none is known. */
    public static long lastOf(Path directory) {
        return Files.exists(directory.resolve(FILE)) ? last(directory.resolve(FILE)) : 0;
    }

    private static long last(Path file) {
        try {
            return Long.parseLong(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException e) {
            LOG.info("{} begins: no gateway ran with this directory before", file);
            return 0;
        } catch (IOException | NumberFormatException e) {
            LOG.error("{}: unreadable ({}); the wall clock and the journals decide", file, e.toString());
            return 0;
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            out.force(/* metaData= */ true);
        }
    }
}
