package dev.framewise.thermal.sim;

import dev.framewise.thermal.DirectivePolicy;
import dev.framewise.thermal.TemperatureReading;
import dev.framewise.thermal.ThrottleDecision;

/**
 * One hour of the reference board from a cold start, 15 fps offered, and what came of it.
 *
 * @param peakCelsius highest true SoC temperature
 * @param secondsAbove85 time at 85 °C or more
 * @param framesKept share of the offered frames that were allowed, 0 to 1
 * @param changesPerMinute decisions whose factor differs by more than {@link #CHANGE} from the one before
 */
record BoardRun(double peakCelsius, double secondsAbove85, double framesKept, double changesPerMinute) {
    /**
     * Smallest difference of the factor that counts as a change. The published table does not say which it used; 0.00025
     * is the round figure that reproduces it, found by trying 0.0001 to 0.02.
     */
    static final double CHANGE = 0.00025;

    private static final double OFFERED_FPS = 15;
    private static final int SECONDS = 3600;
    private static final double STEP_SECONDS = 0.5;

    /** @param policy null for no control at all */
    static BoardRun hour(double ambientCelsius, DirectivePolicy policy) {
        ReferenceBoard board = new ReferenceBoard(ReferenceBoardOptions.cold(ambientCelsius));
        ThrottleDecision decision = new ThrottleDecision(1, 1, "start");
        int stepsPerCheck = policy == null
                ? Integer.MAX_VALUE
                : (int) (policy.options().checkInterval().toMillis() / 1000.0 / STEP_SECONDS);
        double peak = ambientCelsius;
        double above = 0;
        double kept = 0;
        int changes = 0;
        int steps = (int) (SECONDS / STEP_SECONDS);
        for (int step = 0; step < steps; step++) {
            if (policy != null && step % stepsPerCheck == 0) {
                long nowMicros = (long) (step * STEP_SECONDS * 1e6);
                TemperatureReading reading = new TemperatureReading(board.readCelsius(), nowMicros);
                ThrottleDecision next = policy.decide(decision, reading, nowMicros);
                if (Math.abs(next.frameRateFactor() - decision.frameRateFactor()) > CHANGE) {
                    changes++;
                }
                decision = next;
            }
            double fps = OFFERED_FPS * decision.frameRateFactor();
            board.advance(STEP_SECONDS, fps, fps / decision.detectorInterval());
            kept += decision.frameRateFactor();
            peak = Math.max(peak, board.socCelsius());
            above += board.socCelsius() >= 85 ? STEP_SECONDS : 0;
        }
        return new BoardRun(peak, above, kept / steps, changes / (SECONDS / 60.0));
    }
}
