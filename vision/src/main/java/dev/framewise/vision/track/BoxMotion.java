package dev.framewise.vision.track;

/**
 * How a box moves: four independent constant-velocity Kalman filters over centre x, centre y, width and height, all noise in
 * proportion to the height of the box, as in N. Wojke et al., "Simple Online and Realtime Tracking with a Deep Association Metric",
 * ICIP 2017, with these differences: the width takes the place of the aspect ratio, and the velocity of the centre can be
 * measured by itself, which is what pixel motion does: a box that flows keeps the place its detections gave it and learns how
 * it moves.
 *
 * <p>One state is {@value #SIZE} doubles: the four quantities in pixels, their velocities per step, and per quantity the
 * variance of position, the covariance of position and velocity, and the variance of velocity. Stateless but for its
 * constants; any number of states on one thread.
 */
final class BoxMotion {
    /** Doubles of one state. */
    static final int SIZE = 20;

    static final int WIDTH = 2;
    static final int HEIGHT = 3;
    static final int VELOCITY = 4;
    static final int VARIANCE = 8;
    static final int COVARIANCE = 12;
    static final int VELOCITY_VARIANCE = 16;

    /** Noise of the width, in that of the height. */
    private static final double WIDTH_SHARE = 0.7;

    /** A box shrinks no further than this by prediction alone. */
    private static final double MIN_PIXELS = 1;

    private final MotionNoise noise;

    BoxMotion(MotionNoise noise) {
        this.noise = noise;
    }

    /** A new state at rest on a box Xyxy, pixels, of positive size. */
    void start(double[] state, double x1, double y1, double x2, double y2) {
        double height = y2 - y1;
        state[0] = (x1 + x2) / 2;
        state[1] = (y1 + y2) / 2;
        state[WIDTH] = x2 - x1;
        state[HEIGHT] = height;
        for (int i = 0; i < 4; i++) {
            double scale = i == WIDTH ? WIDTH_SHARE * height : height;
            state[VELOCITY + i] = 0;
            state[VARIANCE + i] = square(noise.startPosition() * scale);
            state[COVARIANCE + i] = 0;
            state[VELOCITY_VARIANCE + i] = square(noise.startVelocity() * scale);
        }
    }

    /** One step on. */
    void predict(double[] state) {
        double height = state[HEIGHT];
        for (int i = 0; i < 4; i++) {
            double scale = i == WIDTH ? WIDTH_SHARE * height : height;
            double covariance = state[COVARIANCE + i];
            double velocityVariance = state[VELOCITY_VARIANCE + i];
            state[VARIANCE + i] += 2 * covariance + velocityVariance + square(noise.position() * scale);
            state[COVARIANCE + i] = covariance + velocityVariance;
            state[VELOCITY_VARIANCE + i] = velocityVariance + square(noise.velocity() * scale);
        }
        state[0] += state[VELOCITY];
        state[1] += state[VELOCITY + 1];
        grow(state, WIDTH);
        grow(state, HEIGHT);
    }

    /** Takes a measured box Xyxy, pixels, of positive size into account. */
    void correct(double[] state, double x1, double y1, double x2, double y2) {
        double variance = square(noise.detection() * state[HEIGHT]);
        correct(state, 0, (x1 + x2) / 2, variance);
        correct(state, 1, (y1 + y2) / 2, variance);
        correct(state, WIDTH, x2 - x1, square(WIDTH_SHARE) * variance);
        correct(state, HEIGHT, y2 - y1, variance);
        // noise may turn the correction of a shrinking box past zero
        state[WIDTH] = Math.max(state[WIDTH], Math.min(MIN_PIXELS, x2 - x1));
        state[HEIGHT] = Math.max(state[HEIGHT], Math.min(MIN_PIXELS, y2 - y1));
    }

    /** Takes a measured motion of the centre during the last step into account, pixels. After {@link #predict}. */
    void correctVelocity(double[] state, double dx, double dy) {
        double variance = square(noise.flow() * state[HEIGHT]);
        correctVelocity(state, 0, dx, variance);
        correctVelocity(state, 1, dy, variance);
    }

    /** Standard deviation of the centre, pixels, the larger of x and y. */
    static double centreDeviation(double[] state) {
        return Math.sqrt(Math.max(state[VARIANCE], state[VARIANCE + 1]));
    }

    private static void correct(double[] state, int i, double measured, double noise) {
        double variance = state[VARIANCE + i];
        double covariance = state[COVARIANCE + i];
        double total = variance + noise;
        double innovation = measured - state[i];
        state[i] += variance / total * innovation;
        state[VELOCITY + i] += covariance / total * innovation;
        state[VARIANCE + i] = variance * noise / total;
        state[COVARIANCE + i] = covariance * noise / total;
        state[VELOCITY_VARIANCE + i] -= covariance * covariance / total;
    }

    private static void correctVelocity(double[] state, int i, double measured, double noise) {
        double covariance = state[COVARIANCE + i];
        double variance = state[VELOCITY_VARIANCE + i];
        double total = variance + noise;
        double innovation = measured - state[VELOCITY + i];
        state[i] += covariance / total * innovation;
        state[VELOCITY + i] += variance / total * innovation;
        state[VARIANCE + i] -= covariance * covariance / total;
        state[COVARIANCE + i] = covariance * noise / total;
        state[VELOCITY_VARIANCE + i] = variance * noise / total;
    }

    private void grow(double[] state, int i) {
        state[VELOCITY + i] *= noise.sizePersistence();
        double moved = state[i] + state[VELOCITY + i];
        if (moved < Math.min(MIN_PIXELS, state[i])) {
            state[VELOCITY + i] = 0;
        } else {
            state[i] = moved;
        }
    }

    private static double square(double value) {
        return value * value;
    }
}
