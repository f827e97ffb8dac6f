package dev.framewise.toolkit.quantize;

import java.util.Arrays;

/**
 * Clips where quantizing loses least information: for each threshold on the absolute value, the distribution with all that lies beyond
 * put onto the edge is compared with the same in 128 levels, by their Kullback-Leibler divergence.
 *
 * <p>Source: Migacz, 8-bit Inference with TensorRT, GTC 2017.
 */
final class EntropyClip {
    private static final int LEVELS = 128;
    private static final int STRIDE = 16;

    private EntropyClip() {}

    static Range range(TensorStats stats) {
        float reach = Math.max(Math.abs(stats.min()), Math.abs(stats.max()));
        double[] absolute = absolute(stats, reach);
        int best = absolute.length;
        double least = Double.POSITIVE_INFINITY;
        for (int kept = LEVELS; kept <= absolute.length; kept += STRIDE) {
            double divergence = divergence(absolute, kept);
            if (divergence < least) {
                least = divergence;
                best = kept;
            }
        }
        float threshold = reach * best / absolute.length;
        return new Range(stats.min(), stats.max()).within(-threshold, threshold);
    }

    private static double[] absolute(TensorStats stats, float reach) {
        double[] absolute = new double[TensorStats.BINS];
        for (int bin = 0; bin < TensorStats.BINS; bin++) {
            double middle = Math.abs(stats.edge(bin) + stats.edge(bin + 1)) / 2;
            int at = (int) Math.min(absolute.length - 1, middle / reach * absolute.length);
            absolute[at] += stats.bins()[bin];
        }
        // Zeros of a rectifier say nothing about where to clip.
        absolute[0] = 0;
        return absolute;
    }

    private static double divergence(double[] bins, int kept) {
        double[] reference = Arrays.copyOf(bins, kept);
        for (int i = kept; i < bins.length; i++) {
            reference[kept - 1] += bins[i];
        }
        double total = Arrays.stream(reference).sum();
        if (total == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double divergence = 0;
        for (int level = 0; level < LEVELS; level++) {
            int from = level * kept / LEVELS;
            int to = (level + 1) * kept / LEVELS;
            double sum = 0;
            int filled = 0;
            for (int i = from; i < to; i++) {
                // What was clipped is in the reference only: that is the loss.
                sum += bins[i];
                filled += reference[i] > 0 ? 1 : 0;
            }
            for (int i = from; i < to; i++) {
                if (reference[i] > 0) {
                    double p = reference[i] / total;
                    double q = Math.max(1e-9, sum / filled / total);
                    divergence += p * Math.log(p / q);
                }
            }
        }
        return divergence;
    }
}
