package dev.framewise.vision.asset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of one process at a time write into a cache: two that fetch the same file would write into one part file.
 * The system frees it when the process ends, however it ends.
 */
final class CacheLock implements Closeable {
    // a file lock belongs to the process, so threads need a lock of their own before it
    private static final ReentrantLock THREADS = new ReentrantLock();
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until nobody else writes, then keeps them out until {@link #close}. */
    static CacheLock acquire(Path cacheDirectory) throws IOException, InterruptedException {
        THREADS.lockInterruptibly();
        FileChannel channel = null;
        try {
            Files.createDirectories(cacheDirectory);
            channel = FileChannel.open(
                    cacheDirectory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (!tryLock(channel)) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            return new CacheLock(channel);
        } catch (IOException | InterruptedException | RuntimeException e) {
            THREADS.unlock();
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held in this very process, by a job of a class loader of its own, to which THREADS is another.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            THREADS.unlock();
        }
    }
}
