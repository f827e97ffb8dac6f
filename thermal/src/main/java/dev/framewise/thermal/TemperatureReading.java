package dev.framewise.thermal;

import dev.framewise.schemas.Telemetry;

/**
 * One look at a thermometer.
 *
 * @param celsius temperature of the SoC; NaN where it could not be read
 * @param measuredAtMicros when, microseconds since 1970
 */
public record TemperatureReading(double celsius, long measuredAtMicros) {

    /** A thermometer that gave no answer at {@code atMicros}. */
    public static TemperatureReading unreadable(long atMicros) {
        return new TemperatureReading(Double.NaN, atMicros);
    }

    /** The reading within a telemetry record; unreadable where it has none. */
    public static TemperatureReading of(Telemetry telemetry) {
        Double celsius = telemetry.getSocCelsius();
        return new TemperatureReading(celsius == null ? Double.NaN : celsius, telemetry.getMeasuredAtMicros());
    }
}
