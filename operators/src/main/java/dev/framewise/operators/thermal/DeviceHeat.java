package dev.framewise.operators.thermal;

import dev.framewise.thermal.TemperatureReading;
import dev.framewise.thermal.ThrottleDecision;

/** What is known of one device's heat: keyed state of {@link ThermalFunction}, a Flink POJO. */
public class DeviceHeat {
    /** Last reading, degrees Celsius; NaN where it could not be read. */
    public double celsius = Double.NaN;

    /** When it was taken by the device's own clock, microseconds since 1970. */
    public long measuredAtMicros;

    /** When it was heard, event time, milliseconds: what the order of readings goes by. */
    public long heardAtMillis;

    /** The decision in force; the interval is 0 where there is none. */
    public double frameRateFactor;

    public int detectorInterval;
    public String reason = "";

    TemperatureReading reading() {
        return new TemperatureReading(celsius, measuredAtMicros);
    }

    ThrottleDecision decision() {
        return detectorInterval == 0 ? null : new ThrottleDecision(frameRateFactor, detectorInterval, reason);
    }

    void decide(ThrottleDecision decision) {
        frameRateFactor = decision.frameRateFactor();
        detectorInterval = decision.detectorInterval();
        reason = decision.reason();
    }
}
