package dev.framewise.vision.provider;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that goes, and a heart that beats, when the test says so. One build at a time. */
final class TestingHeart implements Heartbeat, LongSupplier {
    private final AtomicLong nanos = new AtomicLong();
    private volatile Runnable beat;

    @Override
    public Beating start(Duration interval, Runnable newBeat) {
        beat = newBeat;
        return () -> beat = null;
    }

    boolean beats() {
        return beat != null;
    }

    /** Lets time pass, without a beat. */
    void pass(Duration length) {
        nanos.addAndGet(length.toNanos());
    }

    /** Lets one interval pass. */
    void beat() {
        pass(EngineBuilds.PROGRESS);
        beat.run();
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }
}
