package dev.framewise.toolkit.classify;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * What a student's answers cost: {@code alpha CE + (1 - alpha) T^2 KL}, cross entropy with the truth and divergence from the teacher's
 * answers, both softened by a temperature. The square keeps the two of one size whatever the temperature.
 *
 * <p>Source: Hinton et al., Distilling the Knowledge in a Neural Network, arXiv 1503.02531, section 2.
 *
 * @param alpha share of the truth, 0 to 1
 * @param temperature above 0; 1 leaves the teacher's answers as they are
 */
public record DistillationLoss(float alpha, float temperature) {
    /** What is taken where nobody says otherwise. */
    public static final DistillationLoss USUAL = new DistillationLoss(0.7f, 4);

    public DistillationLoss {
        List<String> problems = new ArrayList<>();
        if (!(alpha >= 0 && alpha <= 1)) {
            problems.add("alpha is " + alpha + "; allowed: 0 to 1");
        }
        if (!(temperature > 0)) {
            problems.add("temperature is " + temperature + "; allowed: above 0");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /**
     * Cross entropy, the mean over the pictures whose class is known.
     *
     * @param answers [batch, classes], before the softmax
     * @param truth [batch, classes], 1 for the right one; all 0 where nobody knows
     * @param known how many are known, at least 1
     */
    static NDArray crossEntropy(NDArray answers, NDArray truth, int known) {
        return answers.logSoftmax(1).mul(truth).sum().div(-known);
    }

    /** Divergence of the student's softened answers from the teacher's, the mean over a batch, not yet times T^2. */
    NDArray divergence(NDArray student, NDArray teacher) {
        NDArray wanted = teacher.div(temperature).softmax(1);
        NDArray surprise = teacher.div(temperature)
                .logSoftmax(1)
                .sub(student.div(temperature).logSoftmax(1));
        return wanted.mul(surprise).sum().div(student.getShape().get(0));
    }

    /** The whole. */
    NDArray of(NDArray crossEntropy, NDArray divergence) {
        return crossEntropy.mul(alpha).add(divergence.mul((1 - alpha) * temperature * temperature));
    }
}
