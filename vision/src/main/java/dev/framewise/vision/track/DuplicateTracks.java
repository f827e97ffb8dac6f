package dev.framewise.vision.track;

import java.util.ArrayList;

/**
 * Finds tracked and lost tracks that sit on the same object: of two that overlap too much, the one that was followed for
 * longer stays. Reusable, not thread-safe.
 */
final class DuplicateTracks {
    private double[] lostBoxes = new double[64];
    private final double[] box = new double[4];

    /** Sets {@link Track#duplicate} on every track of both lists; on a tie in length the lost track stays. */
    void mark(ArrayList<Track> tracked, ArrayList<Track> lost, double maxIou) {
        if (lostBoxes.length < 4 * lost.size()) {
            lostBoxes = new double[8 * lost.size()];
        }
        for (int j = 0; j < lost.size(); j++) {
            lost.get(j).duplicate = false;
            KalmanBoxFilter.boxXyxy(lost.get(j).motion, lostBoxes, 4 * j);
        }
        for (int i = 0; i < tracked.size(); i++) {
            Track track = tracked.get(i);
            track.duplicate = false;
            KalmanBoxFilter.boxXyxy(track.motion, box, /* at= */ 0);
            for (int j = 0; j < lost.size(); j++) {
                double iou = Iou.ofInclusiveXyxy(
                        box[0],
                        box[1],
                        box[2],
                        box[3],
                        lostBoxes[4 * j],
                        lostBoxes[4 * j + 1],
                        lostBoxes[4 * j + 2],
                        lostBoxes[4 * j + 3]);
                if (iou > maxIou) {
                    boolean lostGoes = track.detectedSpan() > lost.get(j).detectedSpan();
                    (lostGoes ? lost.get(j) : track).duplicate = true;
                }
            }
        }
    }
}
