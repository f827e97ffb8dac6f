package dev.framewise.gateway.capture;

import dev.framewise.schemas.Disposition;
import java.util.concurrent.atomic.AtomicLong;

/** What happened to the pictures of one camera. Written by its capture thread, read by any. */
public final class CameraCounters {
    private final AtomicLong captured = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong throttled = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();

    /** Counts one captured picture by what was done with it; {@code payloadBytes} is 0 where none was sent. */
    void count(Disposition disposition, int payloadBytes) {
        switch (disposition) {
            case SENT -> sent.incrementAndGet();
            case SKIPPED -> skipped.incrementAndGet();
            case THROTTLED -> throttled.incrementAndGet();
            case EVICTED -> evicted.incrementAndGet();
        }
        bytesSent.addAndGet(payloadBytes);
        captured.incrementAndGet();
    }

    /** The counts now; while the camera runs, the last picture may already be in one count and not yet in another. */
    public CameraStats snapshot() {
        return new CameraStats(
                captured.get(), sent.get(), skipped.get(), throttled.get(), evicted.get(), bytesSent.get());
    }
}
