package dev.framewise.thermal;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the throttle law may be told. The defaults are those of the first form of the law; see {@link #defaults()}.
 *
 * @param startCelsius throttling begins here, degrees Celsius; default 75, range 30 to 110
 * @param stopCelsius frames stop from here on, degrees Celsius; default 85, above {@code startCelsius} up to 125
 * @param floorFactor least share of the frame rate below {@code stopCelsius}; default 0.2, range 0 to 1
 * @param checkInterval time between two decisions; default 5 s, range 100 ms to 5 min
 * @param staleAfter a reading older than this, or this far in the future, is not believed; default 15 s, range 1 s to 10
 *     min
 * @param minCelsius a reading below is not believed; default -40, the least an industrial board is rated for
 * @param maxCelsius a reading above is not believed; default 125, the most silicon is rated for
 * @param validity how long a directive holds before the device falls back to its own law; default 30 s, at least twice
 *     {@code checkInterval}, so that one lost directive changes nothing
 */
public record ThermalOptions(
        double startCelsius,
        double stopCelsius,
        double floorFactor,
        Duration checkInterval,
        Duration staleAfter,
        double minCelsius,
        double maxCelsius,
        Duration validity)
        implements Serializable {

    /** @throws IllegalArgumentException naming every value that is out of its range */
    public ThermalOptions {
        List<String> problems = new ArrayList<>();
        inRange(problems, "startCelsius", startCelsius, 30, 110);
        inRange(problems, "stopCelsius", stopCelsius, 30, 125);
        if (stopCelsius <= startCelsius) {
            problems.add("stopCelsius = " + stopCelsius + " must be above startCelsius = " + startCelsius);
        }
        inRange(problems, "floorFactor", floorFactor, 0, 1);
        inRange(problems, "minCelsius", minCelsius, -273.15, 30);
        inRange(problems, "maxCelsius", maxCelsius, 100, 1000);
        inRange(problems, "checkInterval", checkInterval, Duration.ofMillis(100), Duration.ofMinutes(5));
        inRange(problems, "staleAfter", staleAfter, Duration.ofSeconds(1), Duration.ofMinutes(10));
        if (validity.compareTo(checkInterval.multipliedBy(2)) < 0) {
            problems.add("validity = " + validity + " must be at least twice checkInterval = " + checkInterval);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("thermal options: " + String.join("; ", problems));
        }
    }

    /** 75 to 85 °C, floor 0.2, checked every 5 s, stale after 15 s, valid for 30 s. */
    public static ThermalOptions defaults() {
        return new ThermalOptions(
                /* startCelsius= */ 75,
                /* stopCelsius= */ 85,
                /* floorFactor= */ 0.2,
                /* checkInterval= */ Duration.ofSeconds(5),
                /* staleAfter= */ Duration.ofSeconds(15),
                /* minCelsius= */ -40,
                /* maxCelsius= */ 125,
                /* validity= */ Duration.ofSeconds(30));
    }

    private static void inRange(List<String> problems, String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            problems.add(key + " = " + value + " must be " + least + " to " + most);
        }
    }

    private static void inRange(List<String> problems, String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(key + " = " + value + " must be " + least + " to " + most);
        }
    }
}
