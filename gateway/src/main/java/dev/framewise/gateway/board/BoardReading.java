package dev.framewise.gateway.board;

import dev.framewise.schemas.PowerSource;
import java.util.Map;

/**
 * What a board's sensors say at one moment.
 *
 * @param socCelsius temperature of the SoC; NaN where it could not be read
 * @param throttleFlags bits as vcgencmd get_throttled gives them; 0 where none
 * @param powerWatts power drawn; NaN where absent
 * @param powerSource where the watts come from
 * @param utilization share of the board's compute in use, 0 to 1; NaN where unknown
 * @param temperatures every thermometer by name, degrees Celsius
 * @param clocksMegahertz clocks by name
 */
public record BoardReading(
        double socCelsius,
        int throttleFlags,
        double powerWatts,
        PowerSource powerSource,
        double utilization,
        Map<String, Double> temperatures,
        Map<String, Double> clocksMegahertz) {
    public BoardReading {
        temperatures = Map.copyOf(temperatures);
        clocksMegahertz = Map.copyOf(clocksMegahertz);
    }

    /** A board of one thermometer. */
    public BoardReading(
            double socCelsius, int throttleFlags, double powerWatts, PowerSource powerSource, double utilization) {
        this(socCelsius, throttleFlags, powerWatts, powerSource, utilization, Map.of(), Map.of());
    }

    /** Nothing could be read. */
    public static final BoardReading UNREADABLE =
            new BoardReading(Double.NaN, /* throttleFlags= */ 0, Double.NaN, PowerSource.ABSENT, Double.NaN);
}
