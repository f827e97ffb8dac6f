package dev.framewise.gateway.capture;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The wall clock, but never backwards. Where the wall is ahead, it is followed at once; where somebody set it back, this
 * clock runs at half speed until the wall has caught up, so that an hour's correction neither repeats an hour nor freezes it.
 * Not thread-safe.
 */
public final class SteadyWallClock implements CaptureClock {
    private final Clock wall;
    private final LongSupplier nanoTicker;
    private long lastMicros;
    private long lastNanos;

    /** @param nanoTicker a monotonic clock such as {@link System#nanoTime()} */
    public SteadyWallClock(Clock wall, LongSupplier nanoTicker) {
        this.wall = wall;
        this.nanoTicker = nanoTicker;
        this.lastMicros = micros(wall.instant());
        this.lastNanos = nanoTicker.getAsLong();
    }

    /** Microseconds since 1970. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    @Override
    public long capturedAtMicros(long sequence) {
        long nanos = nanoTicker.getAsLong();
        long halfSpeed = lastMicros + (nanos - lastNanos) / 2_000;
        lastMicros = Math.max(micros(wall.instant()), halfSpeed);
        lastNanos = nanos;
        return lastMicros;
    }
}
