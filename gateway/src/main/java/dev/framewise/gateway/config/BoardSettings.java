package dev.framewise.gateway.config;

import dev.framewise.thermal.sim.ReferenceBoardOptions;

/**
 * The board the gateway runs on.
 *
 * @param kind whether it is simulated
 * @param simulation where the simulated board stands; ignored otherwise
 * @param speed board seconds per real second, above 0; ignored otherwise
 */
public record BoardSettings(Kind kind, ReferenceBoardOptions simulation, double speed) {

    /** Where readings come from. */
    public enum Kind {
        /** The reference board, heated by what the gateway does. */
        SIMULATED,
        /** What this machine has: a Raspberry Pi, a Jetson, any Linux. */
        REAL,
        /** No sensors: the temperature is unknown and counts as hot. */
        NONE
    }

    /** The reference board in real time. */
    public static BoardSettings simulated(ReferenceBoardOptions simulation) {
        return new BoardSettings(Kind.SIMULATED, simulation, /* speed= */ 1);
    }

    /** The same board, its time running faster or slower. */
    public BoardSettings withSpeed(double newSpeed) {
        return new BoardSettings(kind, simulation, newSpeed);
    }
}
