package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;

/** Tells boxes from what a bad model may write in their place. */
public final class UsableDetection {
    private UsableDetection() {}

    /** Whether the box is finite and has a size, and its score lies within 0 to 1. */
    public static boolean is(Detections detections, int i) {
        float width = detections.x2(i) - detections.x1(i);
        float height = detections.y2(i) - detections.y1(i);
        float score = detections.score(i);
        // NaN fails every comparison; an infinite edge makes the width infinite or NaN
        return width > 0
                && width <= Float.MAX_VALUE
                && height > 0
                && height <= Float.MAX_VALUE
                && score >= 0
                && score <= 1;
    }

    /** What is wrong with a detection that {@link #is} does not hold for: the box first, then its score. */
    public static BoxProblem problem(Detections detections, int i) {
        float width = detections.x2(i) - detections.x1(i);
        float height = detections.y2(i) - detections.y1(i);
        if (!Float.isFinite(width) || !Float.isFinite(height)) {
            return BoxProblem.NOT_FINITE;
        }
        return width > 0 && height > 0 ? BoxProblem.ABSURD_SCORE : BoxProblem.NO_SIZE;
    }
}
