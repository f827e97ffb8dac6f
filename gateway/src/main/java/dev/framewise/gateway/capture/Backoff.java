package dev.framewise.gateway.capture;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between two tries, doubling from half a second to half a minute, each half as long to as long as that by chance, so that a
 * hundred gateways do not call a camera server in step. Not thread-safe.
 */
public final class Backoff {
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private long nextNanos = SHORTEST.toNanos();

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait, nanoseconds. */
    public long next() {
        long wait = nextNanos / 2 + random.nextLong(nextNanos / 2 + 1);
        nextNanos = Math.min(2 * nextNanos, LONGEST.toNanos());
        return wait;
    }

    /** It has worked. */
    public void reset() {
        nextNanos = SHORTEST.toNanos();
    }
}
