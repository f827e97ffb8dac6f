package dev.framewise.vision.asset;

import java.time.Duration;

/**
 * How patient a download is.
 *
 * @param connectTimeout longest wait for a connection
 * @param stallTimeout longest wait for the answer's head, and for each next piece of its body
 * @param attempts transfers tried per address before giving up, 1 or more; each goes on where the one before broke off
 * @param firstBackoff pause before the second attempt; doubles with each further one
 */
public record DownloadOptions(Duration connectTimeout, Duration stallTimeout, int attempts, Duration firstBackoff) {
    public static final DownloadOptions DEFAULT =
            new DownloadOptions(Duration.ofSeconds(10), Duration.ofSeconds(20), 4, Duration.ofMillis(500));

    public DownloadOptions {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is " + attempts + ", must be 1 or more");
        }
    }

    /** The pause before attempt {@code attempt}, counted from 1; none before the first. */
    Duration backoff(int attempt) {
        return attempt <= 1 ? Duration.ZERO : firstBackoff.multipliedBy(1L << Math.min(attempt - 2, 10));
    }
}
