package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import java.util.ArrayList;

/**
 * Pairs tracks with detections so that the sum of their weights is greatest ({@link Assignment}). Two boxes are as similar as they
 * overlap when both are grown, so that those of a fast object or a low frame rate still meet (F. Yang et al., "Hard to Track Objects
 * with Irregular Motions and Similar Appearances? Make It Easier by Buffering the Matching Space", WACV 2023), once around the
 * filter's centre and once around the shown one; unlike heights lessen it. The weight of a pair is what its similarity times score has
 * above the gate, and what the colours say.
 *
 * <p>Reusable, not thread-safe, allocates nothing once it has grown.
 */
final class SkipAssociation {
    /** A pair at the gate is still better than none. */
    private static final double TINY = 1e-9;

    private final SkipTrackerOptions options;
    private final Assignment assignment = new Assignment();

    SkipAssociation(SkipTrackerOptions options) {
        this.options = options;
    }

    /**
     * The first association.
     *
     * @param chosen indices of detections of high score
     * @param colours the detections' colours
     */
    void solveHigh(
            ArrayList<SkipTrack> tracks, Detections detections, int[] chosen, int chosenSize, ColourBook colours) {
        assignment.begin(tracks.size(), chosenSize);
        for (int row = 0; row < tracks.size(); row++) {
            SkipTrack track = tracks.get(row);
            assignment.beginRow();
            for (int column = 0; column < chosenSize; column++) {
                int i = chosen[column];
                double weight =
                        similarity(track, detections, i, options.buffer(), options.spread()) * detections.score(i)
                                - options.gate();
                if (weight >= 0) {
                    double colour = options.colourWeight() * (colours.similarity(track, i) - 0.5);
                    assignment.addPair(column, weight + colour + TINY);
                }
            }
        }
        assignment.solve();
    }

    /** The second association. */
    void solveLow(ArrayList<SkipTrack> tracks, Detections detections, int[] chosen, int chosenSize) {
        assignment.begin(tracks.size(), chosenSize);
        for (int row = 0; row < tracks.size(); row++) {
            assignment.beginRow();
            for (int column = 0; column < chosenSize; column++) {
                double weight =
                        similarity(tracks.get(row), detections, chosen[column], options.lowBuffer(), options.spread())
                                - options.lowGate();
                if (weight >= 0) {
                    assignment.addPair(column, weight + TINY);
                }
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

    private double similarity(SkipTrack track, Detections detections, int i, double buffer, double spread) {
        double[] motion = track.motion;
        double width = detections.x2(i) - (double) detections.x1(i);
        double centreX = detections.x1(i) + width / 2;
        double spreadX = spread == 0 ? 0 : spread * Math.sqrt(motion[BoxMotion.VARIANCE]);
        double halfWidth = (0.5 + buffer) * width + spreadX;
        double trackHalfWidth = (0.5 + buffer) * motion[BoxMotion.WIDTH] + spreadX;
        double reachX = halfWidth + trackHalfWidth;
        if ((Math.abs(centreX - motion[0]) >= reachX && Math.abs(centreX - track.shownX) >= reachX)
                || (!options.classAgnostic() && detections.classId(i) != track.classId)) {
            return 0;
        }
        double height = detections.y2(i) - (double) detections.y1(i);
        double centreY = detections.y1(i) + height / 2;
        double spreadY = spread == 0 ? 0 : 0.5 * spread * Math.sqrt(motion[BoxMotion.VARIANCE + 1]);
        double halfHeight = (0.5 + buffer) * height + spreadY;
        double trackHalfHeight = (0.5 + buffer) * motion[BoxMotion.HEIGHT] + spreadY;
        double overlap = Math.max(
                overlap(
                        centreX - motion[0],
                        centreY - motion[1],
                        halfWidth,
                        halfHeight,
                        trackHalfWidth,
                        trackHalfHeight),
                overlap(
                        centreX - track.shownX,
                        centreY - track.shownY,
                        halfWidth,
                        halfHeight,
                        trackHalfWidth,
                        trackHalfHeight));
        if (overlap == 0 || options.shapePower() == 0) {
            return overlap;
        }
        double other = motion[BoxMotion.HEIGHT];
        return overlap * Math.pow(Math.min(height, other) / Math.max(height, other), options.shapePower());
    }

    /** IoU of two boxes by the distance of their centres and their half sizes. */
    private static double overlap(
            double dx, double dy, double halfWidthA, double halfHeightA, double halfWidthB, double halfHeightB) {
        double width = Math.min(halfWidthA, dx + halfWidthB) - Math.max(-halfWidthA, dx - halfWidthB);
        double height = Math.min(halfHeightA, dy + halfHeightB) - Math.max(-halfHeightA, dy - halfHeightB);
        if (!(width > 0 && height > 0)) {
            return 0;
        }
        double intersection = width * height;
        return intersection / (4 * (halfWidthA * halfHeightA + halfWidthB * halfHeightB) - intersection);
    }
}
