package dev.framewise.toolkit.bench;

/**
 * One setting.
 *
 * @param provider as asked for, such as {@code cpu}
 * @param threads of one run
 * @param batch pictures of one run
 * @param size width x height of the pictures
 * @param p50Millis median wall time of one run
 * @param p99Millis wall time that one run in a hundred exceeds
 * @param cpuMillis median CPU time of the calling thread for one picture; all of it with one thread
 * @param perSecond pictures in a second
 * @param problem why there are no figures; empty if there are
 */
public record BenchRow(
        String provider,
        int threads,
        int batch,
        String size,
        double p50Millis,
        double p99Millis,
        double cpuMillis,
        double perSecond,
        String problem) {}
