package dev.framewise.vision.track;

/**
 * Counts the steps of motion from frame to frame. Without capture times a frame is a step. With them, a step is the usual time
 * between frames, learned slowly, and a frame that comes after twice that time is two steps on: a camera that is told to slow
 * down shows objects that moved farther. A clock that jumps backwards, or by more than the frames' numbers can explain, is not believed.
 */
final class StepClock {
    /** Share by which the usual time follows the last one. */
    private static final double LEARNING_SHARE = 1 / 32.0;

    /** Times this much longer or shorter than usual teach no more than that. */
    private static final double MAX_RATIO = 4;

    /** More steps in one frame are a jump of the clock. */
    private static final int MAX_STEPS_PER_FRAME = 10;

    private long lastMicros = TrackedFrame.NO_TIME;
    private double stepMicros;

    void reset() {
        lastMicros = TrackedFrame.NO_TIME;
        stepMicros = 0;
    }

    /**
     * Goes on to a frame.
     *
     * @param frames how many numbers it is after the one before, at least 1
     * @return steps, at least 1
     */
    int advance(TrackedFrame frame, long frames) {
        int counted = (int) Math.min(frames, Integer.MAX_VALUE);
        if (!frame.hasTime()) {
            lastMicros = TrackedFrame.NO_TIME;
            return counted;
        }
        boolean known = lastMicros != TrackedFrame.NO_TIME;
        double elapsed = known ? frame.capturedAtMicros() - (double) lastMicros : 0;
        lastMicros = frame.capturedAtMicros();
        if (elapsed <= 0) {
            return counted;
        }
        double perFrame = elapsed / frames;
        if (stepMicros == 0) {
            stepMicros = perFrame;
        }
        double ratio = perFrame / stepMicros;
        if (ratio > MAX_STEPS_PER_FRAME) {
            return counted;
        }
        double learned = Math.min(MAX_RATIO, Math.max(1 / MAX_RATIO, ratio));
        double steps = elapsed / stepMicros;
        stepMicros *= 1 + LEARNING_SHARE * (learned - 1);
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(steps)));
    }

    long lastMicros() {
        return lastMicros;
    }

    double stepMicros() {
        return stepMicros;
    }

    void restore(long newLastMicros, double newStepMicros) {
        lastMicros = newLastMicros;
        stepMicros = newStepMicros;
    }
}
