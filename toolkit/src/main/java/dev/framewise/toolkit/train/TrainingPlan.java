package dev.framewise.toolkit.train;

import java.util.ArrayList;
import java.util.List;

/**
 * How long and how fast a network learns.
 *
 * @param steps batches, at least 1
 * @param learningRate at its peak, above 0
 * @param warmUp steps until the peak, 0 to {@code steps}
 * @param weightDecay share of a weight that is lost per step at a learning rate of 1, 0 to 1
 * @param maxGradient length to which gradients are clipped, above 0
 * @param averageDecay what stays of the averaged weights per step, 0 to below 1
 * @param logEvery steps between two lines of the log, at least 1
 * @param saveEvery steps between two checkpoints, at least 1
 */
public record TrainingPlan(
        long steps,
        float learningRate,
        long warmUp,
        float weightDecay,
        float maxGradient,
        float averageDecay,
        int logEvery,
        int saveEvery) {
    public TrainingPlan {
        List<String> problems = new ArrayList<>();
        require(problems, steps >= 1, "steps", steps, "1 or more");
        require(problems, learningRate > 0, "learningRate", learningRate, "above 0");
        require(problems, warmUp >= 0 && warmUp <= steps, "warmUp", warmUp, "0 to steps");
        require(problems, weightDecay >= 0 && weightDecay <= 1, "weightDecay", weightDecay, "0 to 1");
        require(problems, maxGradient > 0, "maxGradient", maxGradient, "above 0");
        require(problems, averageDecay >= 0 && averageDecay < 1, "averageDecay", averageDecay, "0 to below 1");
        require(problems, logEvery >= 1, "logEvery", logEvery, "1 or more");
        require(problems, saveEvery >= 1, "saveEvery", saveEvery, "1 or more");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void require(List<String> problems, boolean holds, String name, Object value, String allowed) {
        if (!holds) {
            problems.add(name + " is " + value + "; allowed: " + allowed);
        }
    }

    /** Decay 0.05, gradients clipped at 1, averages over about 500 steps; a twentieth of the steps warms up. */
    public static TrainingPlan of(long steps, float learningRate) {
        return new TrainingPlan(
                steps,
                learningRate,
                /* warmUp= */ Math.min(500, steps / 20),
                /* weightDecay= */ 0.05f,
                /* maxGradient= */ 1,
                /* averageDecay= */ 0.998f,
                /* logEvery= */ 50,
                /* saveEvery= */ 250);
    }

    public TrainingPlan withEvery(int log, int save) {
        return new TrainingPlan(steps, learningRate, warmUp, weightDecay, maxGradient, averageDecay, log, save);
    }

    public TrainingPlan withAverageDecay(float decay) {
        return new TrainingPlan(steps, learningRate, warmUp, weightDecay, maxGradient, decay, logEvery, saveEvery);
    }

    CosineSchedule schedule() {
        return new CosineSchedule(learningRate, steps, warmUp);
    }
}
