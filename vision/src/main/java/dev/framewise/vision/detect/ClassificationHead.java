package dev.framewise.vision.detect;

import java.nio.FloatBuffer;

/**
 * The head of models that say what a picture shows, not where: [classes], one number for each class. Each class that reaches the
 * threshold becomes one detection that covers the network's whole input, so that a picture's classes go the way of its boxes; the best
 * come first, and {@link DetectorOptions#maxDetections()} is the k of a top-k.
 *
 * <p>Numbers that are none below 0 and add up to 1 within 0.01 are probabilities (the softmax is in the graph); all others are logits,
 * and the softmax is taken here. A model with a sigmoid for each class has neither and is not read right.
 *
 * <p>The box is the picture's exactly where pictures are stretched over the input, as is this family's default; where they are padded it
 * covers the padding too.
 */
final class ClassificationHead implements OneOutputHead {
    private static final float SUM_TOLERANCE = 0.01f;

    private final int inputWidth;
    private final int inputHeight;
    private final int classCount;
    private final float[] scores;

    ClassificationHead(int inputWidth, int inputHeight, int classCount) {
        this.inputWidth = inputWidth;
        this.inputHeight = inputHeight;
        this.classCount = classCount;
        scores = new float[classCount];
    }

    @Override
    public String name() {
        return "classification";
    }

    @Override
    public int classCount() {
        return classCount;
    }

    @Override
    public boolean needsNms() {
        return false;
    }

    @Override
    public void decode(FloatBuffer output, float scoreThreshold, Candidates into) {
        output.get(0, scores);
        if (!areProbabilities()) {
            softmax();
        }
        for (int classId = 0; classId < classCount; classId++) {
            // A broken model's NaN fails the comparison and ends here.
            if (scores[classId] >= scoreThreshold && into.wants(classId)) {
                into.add(0, 0, inputWidth, inputHeight, scores[classId], classId);
            }
        }
    }

    private boolean areProbabilities() {
        float sum = 0;
        for (float score : scores) {
            if (!(score >= 0)) {
                return false;
            }
            sum += score;
        }
        return Math.abs(sum - 1) <= SUM_TOLERANCE;
    }

    private void softmax() {
        float highest = Float.NEGATIVE_INFINITY;
        for (float logit : scores) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : scores) {
            sum += Math.exp(logit - highest);
        }
        for (int classId = 0; classId < classCount; classId++) {
            scores[classId] = (float) (Math.exp(scores[classId] - highest) / sum);
        }
    }
}
