package dev.framewise.vision.track;

/**
 * The motion model of SORT-like trackers: centre, aspect ratio and height of a box, each with a constant velocity per frame
 * and noise in proportion to the height (N. Wojke, A. Bewley, D. Paulus, "Simple Online and Realtime Tracking with a Deep
 * Association Metric", ICIP 2017, section 2.1; the noise weights are those of the authors' code and of ByteTrack's).
 *
 * <p>The published filter has eight states and 8x8 matrices. Its transition couples each quantity with its own velocity
 * only, and all its noise is diagonal, so the covariance stays zero outside four 2x2 blocks: this class keeps the blocks and
 * gives the same numbers for a fraction of the work. One state is {@value #SIZE} doubles: the quantities cx, cy, aspect
 * (width / height) and height in pixels, their velocities, and per quantity the variance of the position, the covariance of
 * position and velocity, and the variance of the velocity.
 */
final class KalmanBoxFilter {
    /** Doubles of one state. */
    static final int SIZE = 20;

    static final int VELOCITY = 4;
    static final int VARIANCE = 8;
    static final int COVARIANCE = 12;
    static final int VELOCITY_VARIANCE = 16;

    private static final int ASPECT = 2;
    private static final int HEIGHT = 3;

    private static final double POSITION_WEIGHT = 1.0 / 20;
    private static final double VELOCITY_WEIGHT = 1.0 / 160;
    private static final double ASPECT_DEVIATION = 1e-2;
    private static final double ASPECT_VELOCITY_DEVIATION = 1e-5;
    private static final double ASPECT_MEASUREMENT_DEVIATION = 1e-1;

    /** A box shrinks no further than this by prediction alone; the published filter lets it turn inside out. */
    private static final double MIN_HEIGHT_PIXELS = 1;

    private static final double MIN_ASPECT = 0.01;

    private KalmanBoxFilter() {}

    /** A new state at rest on a box Xyxy, pixels, of positive size. */
    static void start(double[] state, double x1, double y1, double x2, double y2) {
        double height = y2 - y1;
        state[0] = (x1 + x2) / 2;
        state[1] = (y1 + y2) / 2;
        state[ASPECT] = (x2 - x1) / height;
        state[HEIGHT] = height;
        for (int i = 0; i < 4; i++) {
            state[VELOCITY + i] = 0;
            state[VARIANCE + i] = square(i == ASPECT ? ASPECT_DEVIATION : 2 * POSITION_WEIGHT * height);
            state[COVARIANCE + i] = 0;
            state[VELOCITY_VARIANCE + i] =
                    square(i == ASPECT ? ASPECT_VELOCITY_DEVIATION : 10 * VELOCITY_WEIGHT * height);
        }
    }

    /** One frame on. */
    static void predict(double[] state) {
        double positionNoise = square(POSITION_WEIGHT * state[HEIGHT]);
        double velocityNoise = square(VELOCITY_WEIGHT * state[HEIGHT]);
        for (int i = 0; i < 4; i++) {
            double covariance = state[COVARIANCE + i];
            double velocityVariance = state[VELOCITY_VARIANCE + i];
            state[VARIANCE + i] +=
                    2 * covariance + velocityVariance + (i == ASPECT ? square(ASPECT_DEVIATION) : positionNoise);
            state[COVARIANCE + i] = covariance + velocityVariance;
            state[VELOCITY_VARIANCE + i] =
                    velocityVariance + (i == ASPECT ? square(ASPECT_VELOCITY_DEVIATION) : velocityNoise);
        }
        state[0] += state[VELOCITY];
        state[1] += state[VELOCITY + 1];
        shrinkNoFurtherThan(state, ASPECT, MIN_ASPECT);
        shrinkNoFurtherThan(state, HEIGHT, MIN_HEIGHT_PIXELS);
    }

    /** Forgets how the height changes, as ByteTrack does for tracks it has lost. */
    static void stopGrowth(double[] state) {
        state[VELOCITY + HEIGHT] = 0;
    }

    /** Takes a measured box Xyxy, pixels, of positive size into account. */
    static void correct(double[] state, double x1, double y1, double x2, double y2) {
        double measuredHeight = y2 - y1;
        double noise = square(POSITION_WEIGHT * state[HEIGHT]);
        correct(state, 0, (x1 + x2) / 2, noise);
        correct(state, 1, (y1 + y2) / 2, noise);
        correct(state, ASPECT, (x2 - x1) / measuredHeight, square(ASPECT_MEASUREMENT_DEVIATION));
        correct(state, HEIGHT, measuredHeight, noise);
    }

    /** Standard deviation of the centre, pixels, the larger of x and y. */
    static double centreDeviation(double[] state) {
        return Math.sqrt(Math.max(state[VARIANCE], state[VARIANCE + 1]));
    }

    /** Height of the box, pixels. */
    static double height(double[] state) {
        return state[HEIGHT];
    }

    /** Speed of the centre, pixels per frame. */
    static double speed(double[] state) {
        return Math.hypot(state[VELOCITY], state[VELOCITY + 1]);
    }

    /** The box of a state as Xyxy, pixels, written to {@code boxes[at..at+3]}. */
    static void boxXyxy(double[] state, double[] boxes, int at) {
        double halfHeight = state[HEIGHT] / 2;
        double halfWidth = state[ASPECT] * halfHeight;
        boxes[at] = state[0] - halfWidth;
        boxes[at + 1] = state[1] - halfHeight;
        boxes[at + 2] = state[0] + halfWidth;
        boxes[at + 3] = state[1] + halfHeight;
    }

    private static void correct(double[] state, int i, double measured, double noise) {
        double variance = state[VARIANCE + i];
        double covariance = state[COVARIANCE + i];
        double total = variance + noise;
        double gain = variance / total;
        double velocityGain = covariance / total;
        double innovation = measured - state[i];
        state[i] += gain * innovation;
        state[VELOCITY + i] += velocityGain * innovation;
        state[VARIANCE + i] = variance * noise / total;
        state[COVARIANCE + i] = covariance * noise / total;
        state[VELOCITY_VARIANCE + i] -= velocityGain * covariance;
    }

    private static void shrinkNoFurtherThan(double[] state, int i, double least) {
        double moved = state[i] + state[VELOCITY + i];
        if (moved < Math.min(least, state[i])) {
            state[VELOCITY + i] = 0;
        } else {
            state[i] = moved;
        }
    }

    private static double square(double value) {
        return value * value;
    }
}
