package dev.framewise.vision.provider;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls somebody again and again, on a thread of its own, while the caller is busy. A test beats by hand. */
interface Heartbeat {
    /** Ends the beating. */
    interface Beating extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins to beat.
     *
     * @param beat called every so often, the first time after one interval
     */
    Beating start(Duration interval, Runnable beat);

    /** Real time. */
    static Heartbeat ofClock() {
        return (interval, beat) -> {
            ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(run -> {
                Thread made = new Thread(run, "framewise-progress");
                made.setDaemon(true);
                return made;
            });
            var unused = thread.scheduleAtFixedRate(beat, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
            return thread::shutdownNow;
        };
    }
}
