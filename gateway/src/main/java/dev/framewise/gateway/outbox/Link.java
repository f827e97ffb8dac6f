package dev.framewise.gateway.outbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether Kafka can be reached, as far as the last records tell. While it cannot, one record at a time is let through to find out,
 * after a wait that doubles up to {@link #LONGEST}. Thread-safe.
 */
final class Link {
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final LongSupplier nanoTicker;
    private boolean up;
    private boolean probing;
    private long nextProbeNanos;
    private long waitNanos = SHORTEST.toNanos();

    Link(LongSupplier nanoTicker) {
        this.nanoTicker = nanoTicker;
        this.nextProbeNanos = nanoTicker.getAsLong();
    }

    synchronized boolean isUp() {
        return up;
    }

    /** Whether a live record may be sent now. */
    synchronized boolean mayTry() {
        if (up) {
            return true;
        }
        if (probing || nanoTicker.getAsLong() - nextProbeNanos < 0) {
            return false;
        }
        probing = true;
        return true;
    }

    /** The record that was let through was not sent after all. */
    synchronized void notTried() {
        probing = false;
    }

    /**
     * A record has arrived, or the broker was met.
     *
     * @return whether the link was down until now
     */
    synchronized boolean succeeded() {
        boolean news = !up;
        up = true;
        probing = false;
        waitNanos = SHORTEST.toNanos();
        return news;
    }

    /**
     * A record has not arrived.
     *
     * @return whether the link was up until now
     */
    synchronized boolean failed() {
        boolean news = up;
        waitNanos = up ? SHORTEST.toNanos() : Math.min(2 * waitNanos, LONGEST.toNanos());
        up = false;
        probing = false;
        nextProbeNanos = nanoTicker.getAsLong() + waitNanos;
        return news;
    }
}
