package dev.framewise.thermal.sim;

/**
 * Where a simulated board stands and how it starts.
 *
 * @param ambientCelsius air around the heatsink
 * @param socCelsius the SoC at the start; equal to ambient for a cold start
 * @param heatsinkCelsius the heatsink at the start
 * @param sensorNoiseCelsius standard deviation of the thermometer, at least 0; 0 reads the truth
 * @param seed of the noise
 */
public record ReferenceBoardOptions(
        double ambientCelsius, double socCelsius, double heatsinkCelsius, double sensorNoiseCelsius, long seed) {

    /** @throws IllegalArgumentException if the noise is negative or a temperature is not a number */
    public ReferenceBoardOptions {
        if (!(sensorNoiseCelsius >= 0)) {
            throw new IllegalArgumentException("sensorNoiseCelsius = " + sensorNoiseCelsius + " must be at least 0");
        }
        if (!Double.isFinite(ambientCelsius + socCelsius + heatsinkCelsius)) {
            throw new IllegalArgumentException("temperatures must be numbers: ambient " + ambientCelsius + ", SoC "
                    + socCelsius + ", heatsink " + heatsinkCelsius);
        }
    }

    /** Everything at ambient temperature, a perfect thermometer. */
    public static ReferenceBoardOptions cold(double ambientCelsius) {
        return new ReferenceBoardOptions(
                ambientCelsius, ambientCelsius, ambientCelsius, /* sensorNoiseCelsius= */ 0, /* seed= */ 0);
    }

    /**
     * A board that has worked for long: the SoC is at {@code socCelsius} and the heatsink where it is when the board holds
     * that temperature, a perfect thermometer.
     */
    public static ReferenceBoardOptions warm(double ambientCelsius, double socCelsius) {
        double heatsinkShare = ReferenceBoard.SINK_TO_AIR / (ReferenceBoard.SINK_TO_AIR + ReferenceBoard.SOC_TO_SINK);
        double heatsinkCelsius = ambientCelsius + (socCelsius - ambientCelsius) * heatsinkShare;
        return new ReferenceBoardOptions(
                ambientCelsius, socCelsius, heatsinkCelsius, /* sensorNoiseCelsius= */ 0, /* seed= */ 0);
    }

    /** The same board with a thermometer that is off by normally distributed noise. */
    public ReferenceBoardOptions withSensorNoise(double standardDeviationCelsius, long newSeed) {
        return new ReferenceBoardOptions(
                ambientCelsius, socCelsius, heatsinkCelsius, standardDeviationCelsius, newSeed);
    }
}
