package dev.framewise.gateway.capture;

import dev.framewise.schemas.Disposition;
import java.util.concurrent.atomic.AtomicLong;

/** What happened to the pictures of one camera. Thread-safe. */
public final class CameraCounters {
    private final AtomicLong captured = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong throttled = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicLong overruns = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();

    /** Counts one captured picture by what is to be done with it; {@code payloadBytes} is 0 where none is sent. */
    synchronized void count(Disposition disposition, int payloadBytes) {
        of(disposition).incrementAndGet();
        bytesSent.addAndGet(payloadBytes);
        captured.incrementAndGet();
    }

    /** Counts a picture that was thrown away before it got a number. */
    void overrun() {
        overruns.incrementAndGet();
    }

    /** Pictures that were thrown away unnumbered, because newer ones were waiting. */
    public long overruns() {
        return overruns.get();
    }

    /** A picture that was counted has been evicted after all: from a full outbox, or because Kafka refused it. */
    public synchronized void evictLater(Disposition was) {
        of(was).decrementAndGet();
        evicted.incrementAndGet();
    }

    /** The counts now; they add up. */
    public synchronized CameraStats snapshot() {
        return new CameraStats(
                captured.get(), sent.get(), skipped.get(), throttled.get(), evicted.get(), bytesSent.get());
    }

    private AtomicLong of(Disposition disposition) {
        return switch (disposition) {
            case SENT -> sent;
            case SKIPPED -> skipped;
            case THROTTLED -> throttled;
            case EVICTED -> evicted;
        };
    }
}
