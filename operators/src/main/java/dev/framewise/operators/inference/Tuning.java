package dev.framewise.operators.inference;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a model is to be run: numbers, or {@link #AUTO} for what {@link ModelTuner} finds out on the machine.
 *
 * @param maxBatch frames per batch, 1 to 256, or {@link #AUTO}
 * @param threads of one run, 1 to 256, or {@link #AUTO}
 * @param aim what {@link #AUTO} threads are chosen for
 * @param budget how long a frame may wait for company: a batch that runs longer is not chosen
 */
public record Tuning(int maxBatch, int threads, Aim aim, Duration budget) implements Serializable {
    /** Instead of a number: measure and choose. */
    public static final int AUTO = 0;

    private static final int MOST = 256;

    /** What to choose for. */
    public enum Aim {
        /** Most frames a second on a machine that is busy. */
        THROUGHPUT,
        /** Shortest run on a machine that has cores to spare. */
        LATENCY
    }

    public Tuning {
        if (maxBatch < AUTO || maxBatch > MOST || threads < AUTO || threads > MOST || budget.isNegative()) {
            throw new IllegalArgumentException("max batch " + maxBatch + " and " + threads + " threads are 1 to " + MOST
                    + " or " + AUTO + ", a budget of " + budget + " is not negative");
        }
    }
}
