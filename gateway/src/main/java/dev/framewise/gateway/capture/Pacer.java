package dev.framewise.gateway.capture;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Holds the pictures of a clip back until the camera would have taken them: picture i is due i / framesPerSecond after the
 * first. A consumer that was held up is not made to wait until it has caught up. Not thread-safe.
 */
public final class Pacer {
    private final double nanosPerFrame;
    private final LongSupplier nanoTicker;
    private final Sleeper sleeper;
    private long frames;
    private long startNanos;

    private Pacer(double nanosPerFrame, LongSupplier nanoTicker, Sleeper sleeper) {
        this.nanosPerFrame = nanosPerFrame;
        this.nanoTicker = nanoTicker;
        this.sleeper = sleeper;
    }

    /**
     * The pace of a camera.
     *
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     */
    public static Pacer at(double framesPerSecond, LongSupplier nanoTicker, Sleeper sleeper) {
        if (!(framesPerSecond > 0)) {
            throw new IllegalArgumentException("framesPerSecond = " + framesPerSecond + " must be above 0");
        }
        return new Pacer(1e9 / framesPerSecond, nanoTicker, sleeper);
    }

    /** Never holds anything back: for live sources, and for clips as fast as they can be read. */
    public static Pacer none() {
        return new Pacer(/* nanosPerFrame= */ 0, () -> 0, nanos -> {});
    }

    /** Waits until the next picture is due. */
    public void await() throws InterruptedException {
        if (frames == 0) {
            startNanos = nanoTicker.getAsLong();
        }
        long dueNanos = startNanos + Math.round(frames++ * nanosPerFrame);
        long early = dueNanos - nanoTicker.getAsLong();
        if (early > 0) {
            sleeper.sleep(early);
        }
    }

    /** Lets time pass; injected so that a test need not wait. */
    @FunctionalInterface
    public interface Sleeper {
        /** Real time. */
        Sleeper REAL = TimeUnit.NANOSECONDS::sleep;

        void sleep(long nanos) throws InterruptedException;
    }
}
