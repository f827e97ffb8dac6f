package dev.framewise.toolkit.train;

/**
 * The learning rate over a training: up in a straight line while it warms up, then down along half a cosine to a hundredth.
 *
 * <p>Source: Loshchilov and Hutter, SGDR, arXiv 1608.03983, equation 5 without restarts.
 *
 * @param peak learning rate after the warm-up
 * @param steps of the whole training, at least 1
 * @param warmUp steps of the warm-up, 0 to {@code steps}
 */
public record CosineSchedule(float peak, long steps, long warmUp) {
    private static final float LAST = 0.01f;

    /** The learning rate of a step, from 1. */
    public float at(long step) {
        if (step <= warmUp) {
            return peak * step / warmUp;
        }
        double progress = (double) (step - warmUp) / Math.max(1, steps - warmUp);
        return (float) (peak * (LAST + (1 - LAST) * (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2));
    }
}
