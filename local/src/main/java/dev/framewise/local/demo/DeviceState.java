package dev.framewise.local.demo;

import dev.framewise.local.report.DeviceReport;
import dev.framewise.local.report.Series;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.PowerSource;
import dev.framewise.schemas.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What is known so far of one board. Not thread-safe: {@link DemoState} guards it. */
final class DeviceState {
    private record Reading(long micros, double celsius) {}

    private final String device;
    private final List<Reading> temperatures = new ArrayList<>();
    private double wattsSum;
    private long wattsCount;
    private PowerSource weakestSource = PowerSource.MEASURED;
    private long readings;
    private long directives;
    private double lowestFactor = 1;
    private double currentFactor = 1;

    DeviceState(String device) {
        this.device = device;
    }

    void accept(Telemetry reading) {
        readings++;
        if (reading.getSocCelsius() != null) {
            temperatures.add(new Reading(reading.getMeasuredAtMicros(), reading.getSocCelsius()));
        }
        if (reading.getPowerWatts() != null) {
            wattsSum += reading.getPowerWatts();
            wattsCount++;
        }
        // The symbols are ordered from strong to weak.
        if (reading.getPowerSource().compareTo(weakestSource) > 0) {
            weakestSource = reading.getPowerSource();
        }
    }

    void accept(Directive directive) {
        directives++;
        currentFactor = directive.getFrameRateFactor();
        lowestFactor = Math.min(lowestFactor, currentFactor);
    }

    /** Newest temperature, degrees Celsius; NaN before the first. */
    double currentCelsius() {
        return temperatures.isEmpty()
                ? Double.NaN
                : temperatures.get(temperatures.size() - 1).celsius();
    }

    /** Share of the frame rate that the newest directive allows. */
    double currentFactor() {
        return currentFactor;
    }

    /**
     * The board's figures.
     *
     * @param startMicros event time that becomes 0 on the charts
     * @param fps tracked frames per second of all its cameras
     */
    DeviceReport report(long startMicros, double fps) {
        return new DeviceReport(
                device,
                temperatures.stream().mapToDouble(Reading::celsius).max(),
                directives,
                lowestFactor,
                wattsCount == 0 || Double.isNaN(fps)
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(fps / (wattsSum / wattsCount)),
                readings == 0 ? PowerSource.ABSENT : weakestSource,
                new Series(
                        device,
                        temperatures.stream()
                                .map(reading -> new Series.Point(
                                        Math.max(0, (reading.micros() - startMicros) / 1e6), reading.celsius()))
                                .toList()));
    }
}
