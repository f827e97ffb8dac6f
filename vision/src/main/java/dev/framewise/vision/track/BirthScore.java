package dev.framewise.vision.track;

/**
 * The score from which a detection starts a track: the score that a share of the detector's detections stays below, found
 * while they come, but never below a floor. Detectors differ in what their scores mean: one gives 0.8 to a clear person, another 0.99
 * to a shadow; a fixed number fits only one of them.
 *
 * <p>A running quantile by stochastic approximation (H. Robbins and S. Monro, "A Stochastic Approximation Method", 1951) on the
 * log-odds of the scores, with steps that shorten to a last length, so that it follows a change of light or model.
 */
final class BirthScore {
    private static final double STEP = 1.5;
    private static final double LAST_STEP = 0.015;
    private static final double MIN_SCORE = 0.001;
    /** Where float scores of a saturated detector stop to differ. */
    private static final double MAX_SCORE = 0.9995;

    private final double floor;
    private final double share;
    private double logOdds;
    private int seen;

    /**
     * @param floor never below this score
     * @param share of the detections that start no track, 0 to 1; 0: only the floor counts
     */
    BirthScore(double floor, double share) {
        this.floor = logOdds(floor);
        this.share = share;
        reset();
    }

    void reset() {
        logOdds = floor;
        seen = 0;
    }

    /** Learns the score of one detection. */
    void learn(double score) {
        if (share == 0) {
            return;
        }
        double step = Math.max(LAST_STEP, STEP / Math.sqrt(seen + 4.0));
        seen = Math.min(seen + 1, 1 << 20);
        logOdds = Math.max(floor, logOdds + (logOdds(score) < logOdds ? share - 1 : share) * step);
    }

    /** Whether a score suffices. */
    boolean allows(double score) {
        return logOdds(score) >= logOdds;
    }

    double state() {
        return logOdds;
    }

    int seen() {
        return seen;
    }

    void restore(double newLogOdds, int newSeen) {
        logOdds = newLogOdds;
        seen = newSeen;
    }

    private static double logOdds(double score) {
        double inside = Math.min(Math.max(score, MIN_SCORE), MAX_SCORE);
        return Math.log(inside / (1 - inside));
    }
}
