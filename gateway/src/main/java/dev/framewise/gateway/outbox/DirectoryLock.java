package dev.framewise.gateway.outbox;

import dev.framewise.gateway.GatewayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A state directory in the hands of one process: a second one would take the frames that the first has in memory for lost. The kernel
 * gives the lock back when its process ends, however it does. Any thread.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
    private static final String FILE = "lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory, and makes it where it is missing.
     *
     * @throws GatewayException if it cannot be used, or another has it
     */
    public static DirectoryLock take(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(FILE);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel).isEmpty()) {
                String owner = owner(channel);
                channel.close();
                throw new GatewayException(
                        "stateDirectory " + directory + " is in use by another gateway" + owner
                                + "; stop that one (systemctl stop framewise-gateway), or give this one a directory of its own",
                        null);
            }
            sign(channel);
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new GatewayException(
                    "stateDirectory " + directory + " cannot be used (" + e + "); may this user write there?", e);
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // another gateway of this very process
            return Optional.empty();
        }
    }

    /** Who holds it is only for people: on a full disk nobody signs. */
    private static void sign(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
        } catch (IOException e) {
            LOG.debug("not signed", e);
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return pid.isBlank() ? "" : " (process " + pid + ")";
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("a lock was not given back cleanly", e);
        }
    }
}
