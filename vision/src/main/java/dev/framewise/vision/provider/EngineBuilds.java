package dev.framewise.vision.provider;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens models whose provider builds an engine first, which takes minutes: before the job takes traffic, with a line every ten
 * seconds, and once: whoever wants the same engine meanwhile, in this process or another, waits and then opens what was built.
 * An engine counts as built when a model was opened with it and run; a build that broke off is begun anew.
 */
public final class EngineBuilds {
    /** Opens a model and runs it once, or waits for long in the attempt. */
    public interface Opening<T, X extends Exception> {
        T open() throws OrtException, X;
    }

    /** Waits; a test counts instead. */
    interface Pause {
        void pause(Duration length) throws InterruptedException;
    }

    static final Duration PROGRESS = Duration.ofSeconds(10);
    static final String COMPLETE = "complete";

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(EngineBuilds.class);

    private final LongSupplier nanoTime;
    private final Heartbeat heartbeat;
    private final Pause pause;
    private final Consumer<String> log;

    EngineBuilds(LongSupplier nanoTime, Heartbeat heartbeat, Pause pause, Consumer<String> log) {
        this.nanoTime = nanoTime;
        this.heartbeat = heartbeat;
        this.pause = pause;
        this.log = log;
    }

    /** In real time, into the log. */
    public static EngineBuilds standard() {
        return new EngineBuilds(
                System::nanoTime, Heartbeat.ofClock(), length -> Thread.sleep(length.toMillis()), LOG::info);
    }

    /**
     * Opens a model with a provider, at once if the provider builds nothing.
     *
     * @param model how lines call it
     * @throws IOException if the folder of the engines cannot be used
     */
    public <T, X extends Exception> T open(
            String model, ProviderOptions provider, NetworkInput input, Opening<T, X> opening)
            throws OrtException, X, IOException, InterruptedException {
        if (!(provider instanceof TensorRtOptions options)) {
            return opening.open();
        }
        String description = EngineCache.description(options, input);
        Path folder = EngineCache.folder(options, description);
        Files.createDirectories(folder);
        EngineCache.bringCalibration(options, folder);
        return open(model + " (" + provider + ")", description, folder, opening);
    }

    @SuppressWarnings("try") // the lock is held, not used
    <T, X extends Exception> T open(String what, String description, Path folder, Opening<T, X> opening)
            throws OrtException, X, IOException, InterruptedException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, what)) {
            Path complete = folder.resolve(COMPLETE);
            if (Files.exists(complete)) {
                return opening.open();
            }
            T opened = build(what, folder, opening);
            Files.writeString(complete, description);
            return opened;
        }
    }

    private FileLock lock(FileChannel channel, String what) throws IOException, InterruptedException {
        long start = nanoTime.getAsLong();
        long said = start;
        FileLock lock = tryLock(channel);
        while (lock == null) {
            pause.pause(LOOK_AGAIN);
            long now = nanoTime.getAsLong();
            if (now - said >= PROGRESS.toNanos()) {
                log.accept("waiting for the TensorRT engine of " + what + ", which another builds: "
                        + seconds(now - start));
                said = now;
            }
            lock = tryLock(channel);
        }
        return lock;
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held in this process, perhaps by a job that has its own copy of this class.
            return null;
        }
    }

    private <T, X extends Exception> T build(String what, Path folder, Opening<T, X> opening) throws OrtException, X {
        long start = nanoTime.getAsLong();
        log.accept(
                "building the TensorRT engine of " + what + ", which may take minutes; it will be kept in " + folder);
        T opened;
        try (Heartbeat.Beating beating = heartbeat.start(
                PROGRESS,
                () -> log.accept("building the TensorRT engine of " + what + ": "
                        + seconds(nanoTime.getAsLong() - start) + "; it will be kept in " + folder))) {
            opened = opening.open();
        }
        log.accept("built the TensorRT engine of " + what + " in " + seconds(nanoTime.getAsLong() - start)
                + ", kept in " + folder);
        return opened;
    }

    private static String seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos) + " s";
    }
}
