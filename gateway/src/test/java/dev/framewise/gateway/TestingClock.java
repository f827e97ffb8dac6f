package dev.framewise.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** A wall clock and a ticker that move together, by hand; the wall can also be set. Thread-safe. */
public final class TestingClock extends Clock implements LongSupplier {
    private Instant wall = Instant.parse("2026-03-01T12:00:00Z");
    private long nanos = 1_000_000_000L;

    /** Lets time pass on both. */
    public synchronized void advance(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    /** Sets the wall clock alone, as a time server or a person does. */
    public synchronized void setWall(Instant to) {
        wall = to;
    }

    /** The wall, microseconds since 1970. */
    public synchronized long micros() {
        return wall.getEpochSecond() * 1_000_000 + wall.getNano() / 1_000;
    }

    @Override
    public synchronized Instant instant() {
        return wall;
    }

    @Override
    public synchronized long getAsLong() {
        return nanos;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only instants are asked for");
    }
}
