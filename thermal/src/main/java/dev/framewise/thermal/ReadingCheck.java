package dev.framewise.thermal;

import java.util.concurrent.TimeUnit;

/** Whether a reading can be believed. */
public enum ReadingCheck {
    /** Present, fresh and physically possible. */
    BELIEVED,
    /** None was ever taken, or the thermometer gave no number. */
    UNREADABLE,
    /** Too old, or from so far in the future that its clock cannot be right. */
    STALE,
    /** Outside what a running board can have. */
    ABSURD;

    /**
     * Evaluates a reading.
     *
     * @param reading null where none was ever taken
     * @param nowMicros now on the clock that stamped the reading, microseconds since 1970
     */
    public static ReadingCheck of(TemperatureReading reading, long nowMicros, ThermalOptions options) {
        if (reading == null || Double.isNaN(reading.celsius())) {
            return UNREADABLE;
        }
        long ageMicros = nowMicros - reading.measuredAtMicros();
        if (Math.abs(ageMicros)
                > TimeUnit.NANOSECONDS.toMicros(options.staleAfter().toNanos())) {
            return STALE;
        }
        if (reading.celsius() < options.minCelsius() || reading.celsius() > options.maxCelsius()) {
            return ABSURD;
        }
        return BELIEVED;
    }
}
