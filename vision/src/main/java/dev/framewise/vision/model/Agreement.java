package dev.framewise.vision.model;

import dev.framewise.vision.detect.Detections;

/**
 * How far two sets of detections of one frame agree: boxes of one class are matched one to one, best IoU first, from 0.5 on;
 * what scores below the working threshold does not count. Reusable; one thread.
 */
final class Agreement {
    /** Score from which a detection counts: what the trackers start tracks from is higher, what they go on with lower. */
    static final float WORKING_SCORE = 0.3f;

    private static final float LEAST_IOU = 0.5f;

    private int oldBoxes;
    private int newBoxes;
    private int matched;
    private double driftSum;

    /** Compares two versions' detections of the same frame. */
    void compare(Detections old, Detections candidate) {
        oldBoxes = counted(old);
        newBoxes = counted(candidate);
        matched = 0;
        driftSum = 0;
        boolean[] oldTaken = new boolean[old.size()];
        boolean[] newTaken = new boolean[candidate.size()];
        for (boolean found = true; found; ) {
            found = matchBest(old, candidate, oldTaken, newTaken);
        }
    }

    private boolean matchBest(Detections old, Detections candidate, boolean[] oldTaken, boolean[] newTaken) {
        float best = LEAST_IOU;
        int bestOld = -1;
        int bestNew = -1;
        for (int i = 0; i < old.size(); i++) {
            if (oldTaken[i] || old.score(i) < WORKING_SCORE) {
                continue;
            }
            for (int j = 0; j < candidate.size(); j++) {
                if (newTaken[j] || candidate.score(j) < WORKING_SCORE || candidate.classId(j) != old.classId(i)) {
                    continue;
                }
                float iou = iou(old, i, candidate, j);
                if (iou > best || (bestOld < 0 && iou >= LEAST_IOU)) {
                    best = iou;
                    bestOld = i;
                    bestNew = j;
                }
            }
        }
        if (bestOld < 0) {
            return false;
        }
        oldTaken[bestOld] = true;
        newTaken[bestNew] = true;
        matched++;
        driftSum += Math.abs(old.score(bestOld) - candidate.score(bestNew));
        return true;
    }

    private static int counted(Detections detections) {
        int count = 0;
        for (int i = 0; i < detections.size(); i++) {
            count += detections.score(i) >= WORKING_SCORE ? 1 : 0;
        }
        return count;
    }

    private static float iou(Detections a, int i, Detections b, int j) {
        float width = Math.min(a.x2(i), b.x2(j)) - Math.max(a.x1(i), b.x1(j));
        float height = Math.min(a.y2(i), b.y2(j)) - Math.max(a.y1(i), b.y1(j));
        if (width <= 0 || height <= 0) {
            return 0;
        }
        float both = width * height;
        float areaA = (a.x2(i) - a.x1(i)) * (a.y2(i) - a.y1(i));
        float areaB = (b.x2(j) - b.x1(j)) * (b.y2(j) - b.y1(j));
        return both / (areaA + areaB - both);
    }

    int oldBoxes() {
        return oldBoxes;
    }

    int newBoxes() {
        return newBoxes;
    }

    int matched() {
        return matched;
    }

    /** Sum of the absolute differences of the scores of matched boxes. */
    double driftSum() {
        return driftSum;
    }
}
