package dev.framewise.gateway.check;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.outbox.DirectoryLock;
import dev.framewise.gateway.outbox.OutboxSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Writes a little where the outbox will be, and looks at the room there. */
final class DiskCheck {
    private static final String PART = "disk";
    private static final int BYTES = 1 << 20;
    /** A transaction a second must not take longer. */
    private static final long SLOW_MILLIS = 1_000;

    private DiskCheck() {}

    static Finding check(Optional<Path> stateDirectory, OutboxSettings outbox) {
        if (stateDirectory.isEmpty()) {
            return Finding.note(
                    PART,
                    "there is no stateDirectory",
                    "nothing is kept while Kafka is away: give it one, such as" + " /var/lib/framewise");
        }
        Path directory = stateDirectory.get();
        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            long millis = write(directory);
            // SQLite needs a tenth more than it holds, see the option
            long wanted = (outbox.maxBytes() / 10 * 11) >> 20;
            long free = Files.getFileStore(directory).getUsableSpace() >> 20;
            String found = directory + ": 1 MiB written in " + millis + " ms, " + free + " MiB free";
            if (free < wanted) {
                return Finding.note(
                        PART,
                        found,
                        "a full outbox takes " + wanted + " MiB: lower outbox.megabytes, or it ends with the disk");
            }
            return millis > SLOW_MILLIS
                    ? Finding.note(PART, found, "that is slow: a worn card? The outbox will lag behind")
                    : Finding.ok(PART, found);
        } catch (GatewayException e) {
            return Finding.failed(PART, e.getMessage(), "a gateway that runs holds its cameras, too");
        } catch (IOException e) {
            return Finding.failed(
                    PART, directory + " cannot be written to: " + e, "is it full, and may this user write there?");
        }
    }

    /** Writes and syncs a file, and takes it away again; milliseconds. */
    private static long write(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "check", ".tmp");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long begun = System.nanoTime();
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(/* metaData= */ true);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        } finally {
            Files.delete(file);
        }
    }
}
