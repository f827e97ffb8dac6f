package dev.framewise.vision.track;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * How the whole picture moved since the one before: a similarity (turn, zoom, shift) that most points of the background agree on,
 * by trimmed least squares from the median shift on. Points lie on a grid, outside the tracks' boxes. A few of them are asked
 * first: where they stand still, so does the camera, and the rest is saved. Without a clear answer the camera counts as still.
 *
 * <p>Sparse background points for the camera's motion as in N. Aharon et al., "BoT-SORT", 2022. Coordinates are those of the
 * half-size picture. Allocates nothing; one thread.
 */
final class CameraMotion {
    private static final int COLUMNS = 8;
    private static final int ROWS = 6;
    private static final int POINTS = COLUMNS * ROWS;
    /** Every so many points, a probe. Prime to the columns, so that probes are spread over both axes. */
    private static final int PROBE_STEP = 5;

    private static final int MIN_PROBES = 4;
    private static final int MIN_POINTS = 12;
    /** Least share of the points that must agree. */
    private static final double MIN_AGREEING = 0.6;
    /** Less than this is noise of a camera that stands still, pixels. */
    private static final double STILL_PIXELS = 0.25;

    private static final double MIN_REACH = 0.75;
    private static final int ROUNDS = 4;
    private static final float MAX_RETURN = 0.7f;

    private final PointFlow flow;
    private final float[] fromX = new float[POINTS];
    private final float[] fromY = new float[POINTS];
    private final float[] moveX = new float[POINTS];
    private final float[] moveY = new float[POINTS];
    private final double[] residuals = new double[POINTS];
    private final float[] sorted = new float[POINTS];
    private final double[] sortedResiduals = new double[POINTS];
    private int size;

    private boolean moving;
    private double scaleCos;
    private double scaleSin;
    private double shiftX;
    private double shiftY;

    CameraMotion(PointFlow flow) {
        this.flow = flow;
    }

    /** Finds out, from the pictures and the tracks where they were shown in the first of them. */
    void estimate(FlowPyramid from, FlowPyramid to, ArrayList<SkipTrack> tracks) {
        moving = false;
        size = 0;
        for (int i = 0; i < POINTS; i += PROBE_STEP) {
            follow(i, from, to, tracks);
        }
        if (size < MIN_PROBES || isStill()) {
            return;
        }
        for (int i = 0; i < POINTS; i++) {
            if (i % PROBE_STEP != 0) {
                follow(i, from, to, tracks);
            }
        }
        moving = size >= MIN_POINTS && fit();
    }

    /** Whether the camera moved. */
    boolean isMoving() {
        return moving;
    }

    /** How far a point at (x, y) of the first picture moved with the camera, pixels to the right; 0 if it stood still. */
    double moveX(double x, double y) {
        return moving ? (scaleCos - 1) * x - scaleSin * y + shiftX : 0;
    }

    /** The same downwards. */
    double moveY(double x, double y) {
        return moving ? scaleSin * x + (scaleCos - 1) * y + shiftY : 0;
    }

    /** By how much things grew; 1 if the camera stood still. */
    double zoom() {
        return moving ? Math.hypot(scaleCos, scaleSin) : 1;
    }

    private void follow(int i, FlowPyramid from, FlowPyramid to, ArrayList<SkipTrack> tracks) {
        int column = i % COLUMNS;
        int row = i / COLUMNS;
        float x = (column + 0.5f) * from.width(0) / COLUMNS;
        float y = (row + 0.5f) * from.height(0) / ROWS;
        for (int k = 0; k < tracks.size(); k++) {
            SkipTrack track = tracks.get(k);
            if (track.seenAtKey
                    && 2 * x > track.left()
                    && 2 * x < track.right()
                    && 2 * y > track.top()
                    && 2 * y < track.bottom()) {
                return;
            }
        }
        if (!flow.find(from, to, x, y, x, y)) {
            return;
        }
        float toX = flow.x();
        float toY = flow.y();
        if (flow.find(to, from, toX, toY, x, y) && Math.hypot(flow.x() - x, flow.y() - y) <= MAX_RETURN) {
            fromX[size] = x;
            fromY[size] = y;
            moveX[size] = toX - x;
            moveY[size++] = toY - y;
        }
    }

    private boolean isStill() {
        return Math.hypot(median(moveX), median(moveY)) < STILL_PIXELS && spread() < STILL_PIXELS;
    }

    /** Median distance of the points' motions from their median. */
    private double spread() {
        shiftX = median(moveX);
        shiftY = median(moveY);
        scaleCos = 1;
        scaleSin = 0;
        return measureResiduals();
    }

    private boolean fit() {
        double reach = Math.max(MIN_REACH, 2.5 * spread());
        for (int round = 0; round < ROUNDS; round++) {
            if (!leastSquares(reach)) {
                return false;
            }
            reach = Math.max(MIN_REACH, 2.5 * measureResiduals());
        }
        int agreeing = 0;
        double motion = 0;
        for (int i = 0; i < size; i++) {
            if (residuals[i] <= MIN_REACH) {
                agreeing++;
                motion += Math.hypot(moveX[i], moveY[i]);
            }
        }
        return agreeing >= Math.max(MIN_POINTS, MIN_AGREEING * size) && motion >= STILL_PIXELS * agreeing;
    }

    /** The best similarity for the points within reach of the one before. */
    private boolean leastSquares(double reach) {
        int count = 0;
        double meanX = 0;
        double meanY = 0;
        double meanToX = 0;
        double meanToY = 0;
        for (int i = 0; i < size; i++) {
            if (residuals[i] <= reach) {
                count++;
                meanX += fromX[i];
                meanY += fromY[i];
                meanToX += fromX[i] + moveX[i];
                meanToY += fromY[i] + moveY[i];
            }
        }
        if (count < MIN_POINTS) {
            return false;
        }
        meanX /= count;
        meanY /= count;
        meanToX /= count;
        meanToY /= count;
        double along = 0;
        double across = 0;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            if (residuals[i] <= reach) {
                double x = fromX[i] - meanX;
                double y = fromY[i] - meanY;
                double toX = fromX[i] + moveX[i] - meanToX;
                double toY = fromY[i] + moveY[i] - meanToY;
                along += x * toX + y * toY;
                across += x * toY - y * toX;
                squares += x * x + y * y;
            }
        }
        if (squares == 0) {
            return false;
        }
        scaleCos = along / squares;
        scaleSin = across / squares;
        shiftX = meanToX - scaleCos * meanX + scaleSin * meanY;
        shiftY = meanToY - scaleSin * meanX - scaleCos * meanY;
        return true;
    }

    /** Sets all residuals and gives their median. */
    private double measureResiduals() {
        for (int i = 0; i < size; i++) {
            double x = scaleCos * fromX[i] - scaleSin * fromY[i] + shiftX;
            double y = scaleSin * fromX[i] + scaleCos * fromY[i] + shiftY;
            residuals[i] = Math.hypot(fromX[i] + moveX[i] - x, fromY[i] + moveY[i] - y);
            sortedResiduals[i] = residuals[i];
        }
        Arrays.sort(sortedResiduals, 0, size);
        return sortedResiduals[size / 2];
    }

    private double median(float[] values) {
        System.arraycopy(values, 0, sorted, 0, size);
        Arrays.sort(sorted, 0, size);
        return sorted[size / 2];
    }
}
