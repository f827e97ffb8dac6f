package dev.framewise.gateway.outbox;

import java.time.Duration;

/**
 * Bounds of an outbox.
 *
 * @param maxBytes of records on the disk; SQLite needs up to a tenth more
 * @param maxAge of a record, counted while the gateway runs; older ones lose their pictures
 * @param commitInterval time between two writes; what came meanwhile waits in memory and is one write
 * @param memoryBytes records that wait in memory at most, under way or for the next write
 * @param drainBytesPerSecond how fast the backlog is sent beside live records
 * @param logDays how long events and telemetry are kept on the device, counted while the gateway runs
 */
public record OutboxSettings(
        long maxBytes,
        Duration maxAge,
        Duration commitInterval,
        long memoryBytes,
        long drainBytesPerSecond,
        long logDays) {

    /** 2 GiB, seven days, a write a second, 16 MiB in memory, 4 MiB a second. */
    public static OutboxSettings defaults() {
        return new OutboxSettings(
                /* maxBytes= */ 2L << 30,
                Duration.ofDays(7),
                Duration.ofSeconds(1),
                /* memoryBytes= */ 16L << 20,
                /* drainBytesPerSecond= */ 4L << 20,
                /* logDays= */ 7);
    }

    /** The same with another room on the disk. */
    public OutboxSettings withMaxBytes(long bytes) {
        return new OutboxSettings(bytes, maxAge, commitInterval, memoryBytes, drainBytesPerSecond, logDays);
    }

    /** The same with another pace of the backlog. */
    public OutboxSettings withDrainBytesPerSecond(long bytes) {
        return new OutboxSettings(maxBytes, maxAge, commitInterval, memoryBytes, bytes, logDays);
    }
}
