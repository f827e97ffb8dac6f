package dev.framewise.toolkit.distil;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.framewise.toolkit.train.TrainingTask.Losses;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a student is from its targets: quality focal loss of the scores, plus twice 1 - GIoU of the boxes where targets are.
 * Both are sums over the cells, divided by the sum of the targets.
 *
 * <p>Sources: Li et al., Generalized Focal Loss, arXiv 2006.04388, equation 2 with beta 2; Rezatofighi et al., Generalized
 * Intersection over Union, arXiv 1902.09630, algorithm 1.
 */
final class DetectorLoss {
    private static final float BOX_WEIGHT = 2;
    private static final float EPSILON = 1e-6f;

    private DetectorLoss() {}

    /**
     * The loss of a batch.
     *
     * @param outputs of {@link StudentDetector#CENTRE}, {@link StudentDetector#SIZE} and {@link StudentDetector#SCORE}
     */
    static Losses of(Map<String, NDArray> outputs, GridTargets targets, int batch, NDManager memory) {
        Shape cells = new Shape(batch, 1, targets.rows, targets.columns);
        NDArray wanted = memory.create(targets.scores, cells);
        NDArray logits = outputs.get(StudentDetector.SCORE);
        NDArray probability = Activation.sigmoid(logits);
        // log(1 + exp(-|z|)) + max(z, 0) - z t: the cross entropy that does not overflow
        NDArray entropy = logits.abs()
                .neg()
                .exp()
                .add(1)
                .log()
                .add(Activation.relu(logits))
                .sub(logits.mul(wanted));
        float amount = Math.max(1, sum(targets.scores));
        NDArray scores = probability.sub(wanted).square().mul(entropy).sum().div(amount);

        NDArray weights = memory.create(targets.weights, cells);
        NDArray overlap = giou(outputs, targets, batch, memory);
        NDArray boxes = weights.mul(overlap.neg().add(1)).sum().div(Math.max(1, sum(targets.weights)));
        Map<String, NDArray> parts = new LinkedHashMap<>();
        parts.put("scores", scores);
        parts.put("boxes", boxes);
        return new Losses(scores.add(boxes.mul(BOX_WEIGHT)), parts);
    }

    private static NDArray giou(Map<String, NDArray> outputs, GridTargets targets, int batch, NDManager memory) {
        Shape grid = new Shape(1, 2, targets.rows, targets.columns);
        NDArray centre = outputs.get(StudentDetector.CENTRE)
                .add(memory.create(StudentDetector.cells(targets.columns, targets.rows), grid));
        NDArray half = outputs.get(StudentDetector.SIZE).exp().div(2);
        NDArray target = memory.create(targets.boxes, new Shape(batch, 4, targets.rows, targets.columns));
        NDArray targetCentre = target.get(":, 0:2");
        NDArray targetHalf = target.get(":, 2:4").div(2);

        NDArray low = centre.sub(half);
        NDArray high = centre.add(half);
        NDArray targetLow = targetCentre.sub(targetHalf);
        NDArray targetHigh = targetCentre.add(targetHalf);
        NDArray shared =
                product(Activation.relu(NDArrays.minimum(high, targetHigh).sub(NDArrays.maximum(low, targetLow))));
        NDArray hull = product(NDArrays.maximum(high, targetHigh).sub(NDArrays.minimum(low, targetLow)));
        NDArray union =
                product(half).mul(4).add(product(targetHalf).mul(4)).sub(shared).add(EPSILON);
        return shared.div(union).sub(hull.sub(union).div(hull.add(EPSILON)));
    }

    /** Width times height of [batch, 2, rows, columns]. */
    private static NDArray product(NDArray sides) {
        return sides.get(":, 0:1").mul(sides.get(":, 1:2"));
    }

    private static float sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return (float) sum;
    }
}
