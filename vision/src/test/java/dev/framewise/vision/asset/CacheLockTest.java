package dev.framewise.vision.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs of one TaskManager have this class twice, and fetch into the same cache. */
class CacheLockTest {
    @TempDir
    private Path cache;

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() throws InterruptedException {
        other.shutdownNow();
        assertThat(other.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void whatAnotherClassLoaderOfThisProcessHoldsIsWaitedFor() throws Exception {
        Future<?> waits;
        try (FileChannel channel = channel();
                FileLock held = channel.lock()) {
            waits = acquire();
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> waits.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        }
        waits.get(1, TimeUnit.MINUTES);
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        try (FileChannel channel = channel();
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            waitsUntilItIsInterrupted();
        }
    }

    @Test
    @SuppressWarnings("try") // the lock is held, not used
    void whoWaitsForAThreadOfItsOwnJobCanBeInterrupted() throws Exception {
        try (CacheLock held = CacheLock.acquire(cache)) {
            waitsUntilItIsInterrupted();
        }
    }

    private void waitsUntilItIsInterrupted() {
        Future<?> waits = acquire();
        assertThatThrownBy(() -> waits.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        other.shutdownNow();
        assertThatThrownBy(() -> waits.get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    private FileChannel channel() throws Exception {
        return FileChannel.open(cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Future<?> acquire() {
        return other.submit(() -> {
            CacheLock.acquire(cache).close();
            return null;
        });
    }
}
