package dev.framewise.gateway.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * Notices that files, such as certificates and secrets, hold something else than before. Looks at what is in them, so that neither a
 * new date nor a link that is turned round matters by itself; and tells of a change only when two looks in a row have seen the same,
 * so that a file is not used while it is being written. A file that cannot be read is no change. One thread.
 */
public final class FileWatch {
    /** Time between two looks. */
    static final Duration LOOK = Duration.ofSeconds(10);

    private final Set<Path> files;
    private final LongSupplier nanoTicker;
    private long inUse;
    private long lastSeen;
    private long lookedNanos;

    /**
     * What the files hold now is in use.
     *
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     */
    public FileWatch(Set<Path> files, LongSupplier nanoTicker) {
        this.files = new TreeSet<>(files);
        this.nanoTicker = nanoTicker;
        this.inUse = sum(/* unreadable= */ 0);
        this.lastSeen = inUse;
        this.lookedNanos = nanoTicker.getAsLong();
    }

    /** Whether they hold something new, once for each change. */
    public boolean haveChanged() {
        long now = nanoTicker.getAsLong();
        if (files.isEmpty() || now - lookedNanos < LOOK.toNanos()) {
            return false;
        }
        lookedNanos = now;
        long before = lastSeen;
        lastSeen = sum(/* unreadable= */ before);
        if (lastSeen == inUse || lastSeen != before) {
            return false;
        }
        inUse = lastSeen;
        return true;
    }

    private long sum(long unreadable) {
        CRC32C sum = new CRC32C();
        try {
            for (Path file : files) {
                sum.update(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            return unreadable;
        }
        return sum.getValue();
    }
}
