package dev.framewise.toolkit.trial;

import dev.framewise.vision.detect.ModelException;
import java.util.Arrays;
import java.util.List;

/**
 * CPU times of models side by side: each round runs each model once, so that what slows the machine slows all of them. One thread
 * of the runtime, the calling one.
 */
public final class Stopwatch {
    private Stopwatch() {}

    /**
     * Runs models in turn.
     *
     * @param warmUps rounds that do not count
     * @param rounds rounds that do
     * @return median CPU milliseconds of one run of each
     */
    public static double[] medians(List<TrialSession> models, int warmUps, int rounds) throws ModelException {
        long[][] nanos = new long[models.size()][rounds];
        for (int round = -warmUps; round < rounds; round++) {
            for (int i = 0; i < models.size(); i++) {
                long taken = models.get(i).time();
                if (round >= 0) {
                    nanos[i][round] = taken;
                }
            }
        }
        double[] medians = new double[models.size()];
        for (int i = 0; i < medians.length; i++) {
            Arrays.sort(nanos[i]);
            medians[i] = (nanos[i][(rounds - 1) / 2] + nanos[i][rounds / 2]) / 2e6;
        }
        return medians;
    }
}
