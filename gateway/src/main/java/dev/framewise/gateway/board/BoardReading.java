package dev.framewise.gateway.board;

import dev.framewise.schemas.PowerSource;

/**
 * What a board's sensors say at one moment.
 *
 * @param socCelsius temperature of the SoC; NaN where it could not be read
 * @param throttleFlags bits as vcgencmd get_throttled gives them; 0 where none
 * @param powerWatts power drawn; NaN where absent
 * @param powerSource where the watts come from
 * @param utilization share of the board's compute in use, 0 to 1; NaN where unknown
 */
public record BoardReading(
        double socCelsius, int throttleFlags, double powerWatts, PowerSource powerSource, double utilization) {

    /** Nothing could be read. */
    public static final BoardReading UNREADABLE =
            new BoardReading(Double.NaN, /* throttleFlags= */ 0, Double.NaN, PowerSource.ABSENT, Double.NaN);
}
