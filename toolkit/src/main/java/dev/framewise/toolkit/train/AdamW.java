package dev.framewise.toolkit.train;

/**
 * AdamW on one long vector of weights: gradients scaled by their own history, weight decay apart from it.
 *
 * <p>Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization, arXiv 1711.05101, algorithm 2. The step is the
 * caller's, so that a training that is resumed goes on with the same corrections. One thread.
 */
public final class AdamW {
    private static final float BETA_1 = 0.9f;
    private static final float BETA_2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final float[] first;
    private final float[] second;
    private final boolean[] decays;
    private final float decay;

    /**
     * An optimizer.
     *
     * @param first moving mean of the gradients, changed in place
     * @param second moving mean of their squares, changed in place
     * @param decays which weights decay: those of convolutions and matrices, not biases and scales
     * @param decay share of a weight that is lost per step at a learning rate of 1
     */
    public AdamW(float[] first, float[] second, boolean[] decays, float decay) {
        this.first = first;
        this.second = second;
        this.decays = decays;
        this.decay = decay;
    }

    /**
     * One step.
     *
     * @param weights changed in place
     * @param step from 1
     */
    public void update(float[] weights, float[] gradient, long step, float learningRate) {
        float correction1 = (float) (1 - Math.pow(BETA_1, (double) step));
        float correction2 = (float) Math.sqrt(1 - Math.pow(BETA_2, (double) step));
        for (int i = 0; i < weights.length; i++) {
            first[i] = BETA_1 * first[i] + (1 - BETA_1) * gradient[i];
            second[i] = BETA_2 * second[i] + (1 - BETA_2) * gradient[i] * gradient[i];
            float denominator = (float) Math.sqrt(second[i]) / correction2 + EPSILON;
            float decayed = decays[i] ? weights[i] * (1 - learningRate * decay) : weights[i];
            weights[i] = decayed - learningRate / correction1 * first[i] / denominator;
        }
    }

    /**
     * Scales a gradient down to a length.
     *
     * @param gradient changed in place where it is longer
     * @param maxNorm largest Euclidean length, above 0
     * @return the length it had
     */
    public static float clip(float[] gradient, float maxNorm) {
        double sum = 0;
        for (float value : gradient) {
            sum += (double) value * value;
        }
        float norm = (float) Math.sqrt(sum);
        if (norm > maxNorm) {
            float scale = maxNorm / norm;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= scale;
            }
        }
        return norm;
    }
}
