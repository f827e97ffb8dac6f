package dev.framewise.toolkit.train;

/**
 * All that a training consists of between two steps, as plain arrays: what a checkpoint keeps.
 *
 * <p>The averages are exponential means over the steps, of the weights and of the statistics; they are the network that is
 * handed out. One thread.
 */
public final class TrainingState {
    long step;
    final float[] weights;
    final float[] statistics;
    final float[] averageWeights;
    final float[] averageStatistics;
    final float[] firstMoments;
    final float[] secondMoments;

    /** The state before the first step. */
    public TrainingState(float[] weights, float[] statistics) {
        this.weights = weights.clone();
        this.statistics = statistics.clone();
        averageWeights = weights.clone();
        averageStatistics = statistics.clone();
        firstMoments = new float[weights.length];
        secondMoments = new float[weights.length];
    }

    /** Steps done. */
    public long step() {
        return step;
    }

    /** A copy of the weights of the last step, in the network's order. */
    public float[] weights() {
        return weights.clone();
    }

    /** A copy of the averaged weights. */
    public float[] averageWeights() {
        return averageWeights.clone();
    }

    /** A copy of the averaged means and variances. */
    public float[] averageStatistics() {
        return averageStatistics.clone();
    }

    /** The arrays, in the order in which a checkpoint keeps them. */
    float[][] arrays() {
        return new float[][] {
            weights, statistics, averageWeights, averageStatistics, firstMoments, secondMoments,
        };
    }

    /**
     * Moves the averages towards the present.
     *
     * @param decay what stays of an average per step; it grows towards this from the first step on, so that the first weights
     *     are soon forgotten
     */
    void average(float decay) {
        float kept = Math.min(decay, (1f + step) / (10f + step));
        mix(averageWeights, weights, kept);
        mix(averageStatistics, statistics, kept);
    }

    private static void mix(float[] average, float[] present, float kept) {
        for (int i = 0; i < average.length; i++) {
            average[i] = kept * average[i] + (1 - kept) * present[i];
        }
    }
}
