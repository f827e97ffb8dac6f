package dev.framewise.toolkit.quantize;

/** How a tensor's range is read off what was seen of it. */
public enum Observer {
    /** Everything that was seen. */
    MINMAX {
        @Override
        Range range(TensorStats stats) {
            return new Range(stats.min(), stats.max());
        }
    },
    /** The moving average, with momentum 0.1, of each picture's extremes: one odd picture counts little. */
    MOVING_AVERAGE {
        @Override
        Range range(TensorStats stats) {
            return new Range(stats.meanMin(), stats.meanMax());
        }
    },
    /** All but the outermost 0.005 % on either side. */
    PERCENTILE {
        @Override
        Range range(TensorStats stats) {
            long tail = (long) (stats.counted() * TAIL);
            int low = 0;
            for (long seen = stats.bins()[0]; low < TensorStats.BINS - 1 && seen <= tail; seen += stats.bins()[low]) {
                low++;
            }
            int high = TensorStats.BINS - 1;
            for (long seen = stats.bins()[high]; high > low && seen <= tail; seen += stats.bins()[high]) {
                high--;
            }
            return new Range(stats.edge(low), stats.edge(high + 1));
        }
    },
    /** The clipping that loses least information (Migacz, 8-bit Inference with TensorRT, 2017): least Kullback-Leibler divergence. */
    ENTROPY {
        @Override
        Range range(TensorStats stats) {
            return EntropyClip.range(stats);
        }
    };

    private static final double TAIL = 5e-5;

    /** The range. */
    abstract Range range(TensorStats stats);

    /** Whether it needs the histogram, and so a second pass. */
    boolean needsHistogram() {
        return this == PERCENTILE || this == ENTROPY;
    }
}
