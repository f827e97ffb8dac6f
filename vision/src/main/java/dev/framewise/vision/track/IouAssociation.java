package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import java.util.ArrayList;

/**
 * Pairs tracks with detections by the overlap of their boxes: similarity is the IoU (edges inclusive), times the detection's score where asked
 * for; pairs at or below a gate are forbidden; the sum of what lies above the gate is greatest. Reusable, not thread-safe.
 */
final class IouAssociation {
    private final Assignment assignment = new Assignment();
    private final double[] box = new double[4];

    /**
     * Solves one association.
     *
     * @param chosen indices into {@code detections}, of which the first {@code chosenSize} take part
     * @param gate similarity a pair must exceed, 0 to 1
     * @param fuseScore whether similarity is IoU times score
     * @param classAgnostic whether a track may take a detection of another class
     */
    void solve(
            ArrayList<Track> tracks,
            Detections detections,
            int[] chosen,
            int chosenSize,
            double gate,
            boolean fuseScore,
            boolean classAgnostic) {
        assignment.begin(tracks.size(), chosenSize);
        for (int row = 0; row < tracks.size(); row++) {
            Track track = tracks.get(row);
            assignment.beginRow();
            KalmanBoxFilter.boxXyxy(track.motion, box, /* at= */ 0);
            double x1 = box[0];
            double y1 = box[1];
            double x2 = box[2];
            double y2 = box[3];
            for (int column = 0; column < chosenSize; column++) {
                int i = chosen[column];
                float left = detections.x1(i);
                float right = detections.x2(i);
                if (left >= x2 + 1 || right + 1.0 <= x1 || (!classAgnostic && detections.classId(i) != track.classId)) {
                    continue;
                }
                double similarity =
                        Iou.ofInclusiveXyxy(x1, y1, x2, y2, left, detections.y1(i), right, detections.y2(i));
                assignment.addPair(column, (fuseScore ? similarity * detections.score(i) : similarity) - gate);
            }
        }
        assignment.solve();
    }

    /** Position in {@code chosen} of what the track at this position took, or -1. */
    int columnOf(int row) {
        return assignment.columnOf(row);
    }

    /** Position of the track that took the detection at this position in {@code chosen}, or -1. */
    int rowOf(int column) {
        return assignment.rowOf(column);
    }
}
