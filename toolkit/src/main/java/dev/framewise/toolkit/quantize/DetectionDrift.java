package dev.framewise.toolkit.quantize;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.Iou;

/** Adds up how far one model's detections are from another's, picture by picture. One thread. */
public final class DetectionDrift {
    /** What counts for the agreement: what a tracker starts or goes on with. */
    private static final float WORKING_SCORE = 0.3f;
    /** What counts for the drift: more, so that it moves before the agreement does. */
    private static final float DRIFT_SCORE = 0.1f;

    private static final double LEAST_IOU = 0.5;

    private double drift;
    private int drifted;
    private int reference;
    private int candidate;
    private int matched;

    /** Takes account of one picture. */
    public void add(Detections of, Detections by) {
        boolean[] taken = new boolean[by.size()];
        for (int i = 0; i < of.size(); i++) {
            if (of.score(i) < DRIFT_SCORE) {
                continue;
            }
            int best = best(of, i, by, taken);
            drifted++;
            boolean counts = of.score(i) >= WORKING_SCORE;
            reference += counts ? 1 : 0;
            if (best < 0) {
                // Lost: as bad as its score is high, and it had a place.
                drift += of.score(i) + LEAST_IOU;
                continue;
            }
            taken[best] = true;
            drift += Math.abs(of.score(i) - by.score(best)) + 1 - iou(of, i, by, best);
            matched += counts && by.score(best) >= WORKING_SCORE ? 1 : 0;
        }
        for (int j = 0; j < by.size(); j++) {
            candidate += by.score(j) >= WORKING_SCORE ? 1 : 0;
            drift += !taken[j] && by.score(j) >= WORKING_SCORE ? by.score(j) : 0;
        }
    }

    private static int best(Detections of, int i, Detections by, boolean[] taken) {
        int best = -1;
        double most = LEAST_IOU;
        for (int j = 0; j < by.size(); j++) {
            double iou = taken[j] || by.classId(j) != of.classId(i) ? 0 : iou(of, i, by, j);
            if (iou >= most) {
                most = iou;
                best = j;
            }
        }
        return best;
    }

    private static double iou(Detections a, int i, Detections b, int j) {
        return Iou.ofXyxy(a.x1(i), a.y1(i), a.x2(i), a.y2(i), b.x1(j), b.y1(j), b.x2(j), b.y2(j));
    }

    /** Mean drift of one detection; 0 where there was none. */
    public double drift() {
        return drift / Math.max(1, drifted);
    }

    /** F1, 1 where neither found anything. */
    public double agreement() {
        return reference + candidate == 0 ? 1 : 2.0 * matched / (reference + candidate);
    }

    /** Detections of the first model that counted. */
    public int reference() {
        return reference;
    }
}
