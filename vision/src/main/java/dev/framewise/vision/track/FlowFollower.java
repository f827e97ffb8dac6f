package dev.framewise.vision.track;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * How far each track's object moved between two pictures: points on a grid inside its box are followed there and back
 * ({@link PointFlow}; the check is Z. Kalal et al., "Forward-Backward Error", ICPR 2010), those that stand still while the
 * track moves are dropped, for they are the lamp post behind it, and the rest agree by median and mean.
 *
 * <p>Points are chosen at a key frame and carried until the next. Coordinates are those of the half-size picture. Allocates nothing per
 * frame; one thread.
 */
final class FlowFollower implements PixelFollower {
    private static final int COLUMNS = 3;
    private static final int ROWS = 5;
    /** Points of a track. */
    static final int POINTS = COLUMNS * ROWS;

    /** Share of the box's width on either side without points; a body is narrower than its box. */
    private static final double SIDE_MARGIN = 0.15;

    private static final double TOP_MARGIN = 0.08;
    /** A point that comes back farther from where it began was not the same, pixels. */
    private static final float MAX_RETURN = 1;
    /** From this speed on, pixels per frame, a track is told from what stands still. */
    private static final double MIN_SPEED = 0.8;
    /** Points that move less than this share of the track's speed stand still. */
    private static final double STATIC_SHARE = 0.25;

    private static final int MIN_POINTS = 3;
    /** Points farther from the median, pixels, and farther than twice their median distance, have no say. */
    private static final double MIN_REACH = 1.5;

    private final PointFlow flow;
    private final CameraMotion camera;
    private final float[] movedX = new float[POINTS];
    private final float[] movedY = new float[POINTS];
    private final float[] sorted = new float[POINTS];
    private final float[] residuals = new float[POINTS];

    private double flowX;
    private double flowY;

    FlowFollower(PointFlow flow, CameraMotion camera) {
        this.flow = flow;
        this.camera = camera;
    }

    @Override
    public void anchor(ArrayList<SkipTrack> tracks) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).seenAtKey) {
                choosePoints(tracks.get(i));
            }
        }
    }

    /** Chooses a track's points anew, inside the box where it is shown. */
    static void choosePoints(SkipTrack track) {
        double width = (track.right() - track.left()) / 2;
        double height = (track.bottom() - track.top()) / 2;
        double left = track.left() / 2 + SIDE_MARGIN * width;
        double top = track.top() / 2 + TOP_MARGIN * height;
        double stepX = (1 - 2 * SIDE_MARGIN) * width / (COLUMNS - 1);
        double stepY = (1 - 2 * TOP_MARGIN) * height / (ROWS - 1);
        for (int i = 0; i < POINTS; i++) {
            int column = i % COLUMNS;
            int row = i / COLUMNS;
            track.pointX[i] = (float) (left + column * stepX);
            track.pointY[i] = (float) (top + row * stepY);
        }
        track.points = POINTS;
    }

    /** The track's points move along. */
    @Override
    public boolean follow(SkipTrack track, FlowPyramid from, FlowPyramid to, int steps) {
        double ownX = track.motion[BoxMotion.VELOCITY] / 2 * steps;
        double ownY = track.motion[BoxMotion.VELOCITY + 1] / 2 * steps;
        double ownSpeed = Math.hypot(ownX, ownY);
        int kept = 0;
        for (int i = 0; i < track.points; i++) {
            float x = track.pointX[i];
            float y = track.pointY[i];
            double cameraX = camera.moveX(x, y);
            double cameraY = camera.moveY(x, y);
            if (!flow.find(from, to, x, y, (float) (x + ownX + cameraX), (float) (y + ownY + cameraY))) {
                continue;
            }
            float toX = flow.x();
            float toY = flow.y();
            if (!flow.find(to, from, toX, toY, x, y)
                    || square(flow.x() - x) + square(flow.y() - y) > MAX_RETURN * MAX_RETURN) {
                continue;
            }
            if (ownSpeed > MIN_SPEED && Math.hypot(toX - x - cameraX, toY - y - cameraY) < STATIC_SHARE * ownSpeed) {
                continue;
            }
            track.pointX[kept] = toX;
            track.pointY[kept] = toY;
            movedX[kept] = toX - x;
            movedY[kept++] = toY - y;
        }
        track.points = kept;
        return kept >= MIN_POINTS && agree(kept);
    }

    @Override
    public double flowX() {
        return flowX;
    }

    @Override
    public double flowY() {
        return flowY;
    }

    private boolean agree(int size) {
        float middleX = median(movedX, size);
        float middleY = median(movedY, size);
        for (int i = 0; i < size; i++) {
            residuals[i] = (float) Math.sqrt(square(movedX[i] - middleX) + square(movedY[i] - middleY));
        }
        double reach = Math.max(MIN_REACH, 2 * median(residuals, size));
        double sumX = 0;
        double sumY = 0;
        int agreeing = 0;
        for (int i = 0; i < size; i++) {
            if (residuals[i] <= reach) {
                sumX += movedX[i];
                sumY += movedY[i];
                agreeing++;
            }
        }
        flowX = sumX / agreeing;
        flowY = sumY / agreeing;
        return agreeing >= MIN_POINTS;
    }

    private float median(float[] values, int size) {
        System.arraycopy(values, 0, sorted, 0, size);
        Arrays.sort(sorted, 0, size);
        return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
    }

    private static float square(float value) {
        return value * value;
    }
}
