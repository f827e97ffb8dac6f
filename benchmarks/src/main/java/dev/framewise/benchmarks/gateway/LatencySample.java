package dev.framewise.benchmarks.gateway;

import dev.framewise.benchmarks.gateway.LiveReader.Arrival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Latencies of live frames, milliseconds, pooled over several spans of time and kept by the second: what disturbs a frame disturbs
 * its neighbours, too, so that only whole seconds are independent of each other. Not thread-safe.
 */
final class LatencySample {
    private static final int RESAMPLES = 1_000;
    private static final double OUTER = 0.025;
    private static final long SECOND_MICROS = TimeUnit.SECONDS.toMicros(1);

    private final List<double[]> seconds = new ArrayList<>();

    /** Takes in the live frames captured within a span, microseconds since 1970. */
    void add(List<Arrival> arrivals, long fromMicros, long toMicros) {
        Map<Long, List<Double>> bySecond = new TreeMap<>();
        for (Arrival arrival : arrivals) {
            if (!arrival.replayed() && arrival.capturedMicros() >= fromMicros && arrival.capturedMicros() < toMicros) {
                bySecond.computeIfAbsent(
                                (arrival.capturedMicros() - fromMicros) / SECOND_MICROS, second -> new ArrayList<>())
                        .add(arrival.latencyMillis());
            }
        }
        bySecond.values()
                .forEach(latencies -> seconds.add(
                        latencies.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** Takes in another sample. */
    void add(LatencySample other) {
        seconds.addAll(other.seconds);
    }

    /** Frames. */
    int size() {
        return seconds.stream().mapToInt(second -> second.length).sum();
    }

    /**
     * By nearest rank; NaN of nothing.
     *
     * @param share 0.99 for what one frame in a hundred exceeds
     */
    double quantile(double share) {
        return quantile(seconds, share);
    }

    /**
     * Between which a quantile's ratio to another sample's lies with a confidence of 95 %, by the bootstrap: both samples are drawn
     * again from their own seconds, with replacement (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and
     * 13).
     */
    double[] ratioInterval(LatencySample other, double share) {
        Random random = new Random(1);
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            ratios[i] = quantile(redrawn(random), share) / quantile(other.redrawn(random), share);
        }
        Arrays.sort(ratios);
        return new double[] {ratios[(int) (OUTER * RESAMPLES)], ratios[(int) ((1 - OUTER) * RESAMPLES) - 1]};
    }

    private List<double[]> redrawn(Random random) {
        List<double[]> drawn = new ArrayList<>();
        for (int i = 0; i < seconds.size(); i++) {
            drawn.add(seconds.get(random.nextInt(seconds.size())));
        }
        return drawn;
    }

    private static double quantile(List<double[]> seconds, double share) {
        double[] sorted = seconds.stream().flatMapToDouble(Arrays::stream).toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
