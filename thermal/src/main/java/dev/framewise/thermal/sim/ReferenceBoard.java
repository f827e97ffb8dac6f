package dev.framewise.thermal.sim;

import java.util.Random;

/**
 * A passively cooled single-board computer of the Pi 5 class, as two thermal nodes: the SoC (1) and its heatsink (2).
 *
 * <pre>
 *   C1 T1' = P - (T1 - T2) / R12            C1 = 15 J/K, C2 = 90 J/K
 *   C2 T2' = (T1 - T2) / R12 - (T2 - Ta) / R2    R12 = 1.0 K/W, R2 = 4.5 K/W
 *   P = 2.7 + 6.3 u watts,  u = min(1, 0.05 + 0.004 frames/s + 0.056 detections/s)
 * </pre>
 *
 * <p>With the detector on one of N frames, detections/s is frames/s over N. Integrated by Euler's method in steps of at most
 * half a second, which is the step behind the published table (the fastest time constant is 13 s). Time passes only in
 * {@link #advance}. Not thread-safe.
 */
public final class ReferenceBoard {
    /** Heat capacity of the SoC, J/K. */
    static final double SOC_CAPACITY = 15;
    /** Heat capacity of the heatsink, J/K. */
    static final double SINK_CAPACITY = 90;
    /** Thermal resistance from SoC to heatsink, K/W. */
    static final double SOC_TO_SINK = 1.0;
    /** Thermal resistance from heatsink to air, K/W. */
    static final double SINK_TO_AIR = 4.5;

    private static final double IDLE_WATTS = 2.7;
    private static final double FULL_LOAD_WATTS = 6.3;
    private static final double IDLE_UTILIZATION = 0.05;
    private static final double UTILIZATION_PER_FRAME = 0.004;
    private static final double UTILIZATION_PER_DETECTION = 0.056;
    private static final double STEP_SECONDS = 0.5;

    private final double sensorNoiseCelsius;
    private final Random noise;
    private double ambientCelsius;
    private double socCelsius;
    private double heatsinkCelsius;
    private double utilization = IDLE_UTILIZATION;

    public ReferenceBoard(ReferenceBoardOptions options) {
        ambientCelsius = options.ambientCelsius();
        socCelsius = options.socCelsius();
        heatsinkCelsius = options.heatsinkCelsius();
        sensorNoiseCelsius = options.sensorNoiseCelsius();
        noise = new Random(options.seed());
    }

    /** The board's watts at a utilization of 0 to 1. */
    public static double wattsAt(double utilization) {
        return IDLE_WATTS + FULL_LOAD_WATTS * utilization;
    }

    /**
     * Lets time pass under a steady load.
     *
     * @param seconds how long, at least 0
     * @param framesPerSecond frames the board handles per second
     * @param detectionsPerSecond how many of them the detector sees per second
     */
    public void advance(double seconds, double framesPerSecond, double detectionsPerSecond) {
        if (!(seconds >= 0 && framesPerSecond >= 0 && detectionsPerSecond >= 0)) {
            throw new IllegalArgumentException("advance(" + seconds + " s, " + framesPerSecond + " frames/s, "
                    + detectionsPerSecond + " detections/s): none may be negative");
        }
        utilization = Math.min(
                1,
                IDLE_UTILIZATION
                        + framesPerSecond * UTILIZATION_PER_FRAME
                        + detectionsPerSecond * UTILIZATION_PER_DETECTION);
        double left = seconds;
        while (left > 0) {
            double step = Math.min(left, STEP_SECONDS);
            double toSink = (socCelsius - heatsinkCelsius) / SOC_TO_SINK;
            double toAir = (heatsinkCelsius - ambientCelsius) / SINK_TO_AIR;
            socCelsius += step * (powerWatts() - toSink) / SOC_CAPACITY;
            heatsinkCelsius += step * (toSink - toAir) / SINK_CAPACITY;
            left -= step;
        }
    }

    /** Moves the board to warmer or cooler air: the sun comes out. */
    public void setAmbientCelsius(double celsius) {
        ambientCelsius = celsius;
    }

    /** True temperature of the SoC. */
    public double socCelsius() {
        return socCelsius;
    }

    /** True temperature of the heatsink. */
    public double heatsinkCelsius() {
        return heatsinkCelsius;
    }

    /** What the thermometer on the SoC shows: the truth and its noise. Each call draws anew. */
    public double readCelsius() {
        return sensorNoiseCelsius == 0 ? socCelsius : socCelsius + sensorNoiseCelsius * noise.nextGaussian();
    }

    /** Power at the load last set. */
    public double powerWatts() {
        return wattsAt(utilization);
    }

    /** Share of the board's compute in use at the load last set, 0 to 1. */
    public double utilization() {
        return utilization;
    }
}
