package dev.framewise.thermal;

/**
 * What a board may do until the next decision.
 *
 * @param frameRateFactor share of the camera's frame rate to send, 0 (none) to 1 (all)
 * @param detectorInterval run the detector on one of this many frames; at least 1
 * @param reason why, for people: the reading and the rule
 */
public record ThrottleDecision(double frameRateFactor, int detectorInterval, String reason) {

    /** @throws IllegalArgumentException if a number is out of its range */
    public ThrottleDecision {
        if (!(frameRateFactor >= 0 && frameRateFactor <= 1)) {
            throw new IllegalArgumentException("frameRateFactor = " + frameRateFactor + " must be 0 to 1");
        }
        if (detectorInterval < 1) {
            throw new IllegalArgumentException("detectorInterval = " + detectorInterval + " must be at least 1");
        }
    }
}
