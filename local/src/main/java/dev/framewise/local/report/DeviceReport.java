package dev.framewise.local.report;

import dev.framewise.schemas.PowerSource;
import java.util.OptionalDouble;

/**
 * How one board fared.
 *
 * @param device its name
 * @param peakCelsius highest SoC temperature; empty where no reading came
 * @param directives directives issued to it
 * @param lowestFrameRateFactor the hardest of them, 0 to 1; 1 where none was issued
 * @param fpsPerWatt tracked frames per second and watt over the run; empty where the watts are absent
 * @param wattsSource the weakest source among the readings
 * @param temperature SoC, degrees Celsius
 */
public record DeviceReport(
        String device,
        OptionalDouble peakCelsius,
        long directives,
        double lowestFrameRateFactor,
        OptionalDouble fpsPerWatt,
        PowerSource wattsSource,
        Series temperature) {}
