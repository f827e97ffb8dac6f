package dev.framewise.operators.inference;

import dev.framewise.vision.detect.ModelException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out at the start how a model is best run on this machine: how many frames a batch should have, and how many threads a
 * run. On most CPUs the answer is one frame and one thread, because two sessions of one thread beat one session of two; a GPU
 * answers differently. Says in one line what it measured and chose.
 *
 * <p>For throughput, runs follow each other and the shortest counts: whatever disturbs a run only makes it longer. For latency,
 * each run comes after a pause, as behind a camera, and the median counts: a core that was idle is slower, threads that fell
 * asleep must be woken, and both show only then. Bounded: about a second per model.
 */
final class ModelTuner {
    private static final Logger LOG = LoggerFactory.getLogger(ModelTuner.class);

    /** Largest batch that is tried. */
    static final int LARGEST = 32;

    private static final int RUNS = 7;
    private static final long MOST_NANOS_PER_POINT = 300_000_000;

    /** The interval of a camera of 20 frames a second. */
    private static final long PAUSE_NANOS = 50_000_000;

    private final LongSupplier nanoTicker;
    private final LongConsumer pause;
    private final int cores;

    /** A model that is open to be tried. */
    interface Trial extends AutoCloseable {
        /** The only batch the model takes; 0 if any. */
        int fixedBatch();

        /** Runs so many frames. */
        void run(int frames);

        @Override
        void close();
    }

    /** Opens the model. */
    interface Opener {
        Trial open(int maxBatch, int threads) throws ModelException;
    }

    /**
     * What was found best.
     *
     * @param maxBatch frames per batch
     * @param threads of one run
     */
    record Choice(int maxBatch, int threads) {}

    /**
     * @param nanoTicker nanoseconds from any beginning
     * @param pause does nothing for so many nanoseconds
     * @param cores of the machine, at least 1
     */
    ModelTuner(LongSupplier nanoTicker, LongConsumer pause, int cores) {
        this.nanoTicker = nanoTicker;
        this.pause = pause;
        this.cores = cores;
    }

    /** Measures what is {@link Tuning#AUTO}; with nothing to find out, opens nothing. */
    Choice choose(String model, Opener opener, Tuning wish) throws ModelException {
        int threads = wish.threads();
        String seen = "";
        if (threads == Tuning.AUTO) {
            RunCurve curve = threadCurve(opener, wish.aim());
            threads = curve.bestThreads(wish.aim());
            seen = "a run by its threads " + curve + "; ";
        }
        int maxBatch = wish.maxBatch();
        if (maxBatch == Tuning.AUTO) {
            RunCurve curve = batchCurve(opener, threads, wish.budget().toNanos());
            maxBatch = curve.bestBatch(wish.budget().toNanos());
            seen += "a run by its frames " + curve + "; ";
        }
        if (!seen.isEmpty()) {
            LOG.info(
                    "{}: {}chosen for {}: batches of {}, {} thread(s) per run",
                    model,
                    seen,
                    wish.aim().name().toLowerCase(Locale.ROOT),
                    maxBatch,
                    threads);
        }
        return new Choice(maxBatch, threads);
    }

    private RunCurve threadCurve(Opener opener, Tuning.Aim aim) throws ModelException {
        RunCurve curve = new RunCurve();
        for (int threads = 1; threads <= cores; threads *= 2) {
            try (Trial trial = opener.open(/* maxBatch= */ 1, threads)) {
                curve.add(threads, aim == Tuning.Aim.LATENCY ? afterPauses(trial) : shortest(trial, /* frames= */ 1));
            }
        }
        return curve;
    }

    /** Of a fixed batch, that one only; else of doubled sizes, until one takes longer than a frame may wait. */
    private RunCurve batchCurve(Opener opener, int threads, long budgetNanos) throws ModelException {
        RunCurve curve = new RunCurve();
        try (Trial trial = opener.open(LARGEST, threads)) {
            if (trial.fixedBatch() > 0) {
                // Not a choice: the session runs by that batch whatever it is told.
                curve.add(trial.fixedBatch(), shortest(trial, trial.fixedBatch()));
                return curve;
            }
            long nanos = 0;
            for (int frames = 1; frames <= LARGEST && nanos <= budgetNanos; frames *= 2) {
                nanos = shortest(trial, frames);
                curve.add(frames, nanos);
            }
        }
        return curve;
    }

    private long shortest(Trial trial, int frames) {
        trial.run(frames);
        long startNanos = nanoTicker.getAsLong();
        long shortest = Long.MAX_VALUE;
        long before = startNanos;
        for (int i = 0; i < RUNS && before - startNanos < MOST_NANOS_PER_POINT; i++) {
            trial.run(frames);
            long now = nanoTicker.getAsLong();
            shortest = Math.min(shortest, now - before);
            before = now;
        }
        return shortest;
    }

    /** The median of runs of one frame. */
    private long afterPauses(Trial trial) {
        trial.run(/* frames= */ 1);
        long[] nanos = new long[RUNS];
        for (int i = 0; i < RUNS; i++) {
            pause.accept(PAUSE_NANOS);
            long before = nanoTicker.getAsLong();
            trial.run(/* frames= */ 1);
            nanos[i] = nanoTicker.getAsLong() - before;
        }
        Arrays.sort(nanos);
        return nanos[RUNS / 2];
    }
}
