package dev.framewise.gateway.config;

import dev.framewise.thermal.sim.ReferenceBoardOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The board the gateway runs on.
 *
 * @param kind whether it is simulated
 * @param simulation where the simulated board stands; ignored otherwise
 * @param speed board seconds per real second, above 0; ignored otherwise
 * @param power what a real board is believed to draw where it measures nothing; empty where nobody knows
 * @param places where a real board's sensors are
 */
public record BoardSettings(
        Kind kind, ReferenceBoardOptions simulation, double speed, Optional<PowerModel> power, Places places) {

    /** Without a model of its power. */
    public BoardSettings(Kind kind, ReferenceBoardOptions simulation, double speed) {
        this(kind, simulation, speed, Optional.empty(), Places.USUAL);
    }

    /**
     * {@code P = idle + (busy - idle) u}.
     *
     * @param idleWatts at no load
     * @param busyWatts at full load, at least {@code idleWatts}
     */
    public record PowerModel(double idleWatts, double busyWatts) {
        /** A passively cooled Raspberry Pi 5, the model of {@link dev.framewise.thermal.sim.ReferenceBoard}. */
        public static final PowerModel RASPBERRY_PI_5 = new PowerModel(2.7, 9);

        /** @throws IllegalArgumentException if it would cool down at work */
        public PowerModel {
            if (!(idleWatts >= 0 && busyWatts >= idleWatts)) {
                throw new IllegalArgumentException(
                        "board.busyWatts = " + busyWatts + " must be at least board.idleWatts = " + idleWatts);
            }
        }

        /** @param utilization 0 to 1 */
        public double watts(double utilization) {
            return idleWatts + (busyWatts - idleWatts) * utilization;
        }
    }

    /**
     * Where to look: a container sees its board's files elsewhere.
     *
     * @param sysfs root of sysfs
     * @param proc root of procfs
     * @param vcgencmd Raspberry Pi's program; may be missing
     * @param tegrastats Jetson's program; may be missing
     */
    public record Places(Path sysfs, Path proc, Path vcgencmd, Path tegrastats) {
        /** Where a Linux board has them. */
        public static final Places USUAL = new Places(
                Path.of("/sys"), Path.of("/proc"), Path.of("/usr/bin/vcgencmd"), Path.of("/usr/bin/tegrastats"));
    }

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
        return new BoardSettings(kind, simulation, newSpeed, power, places);
    }

    /** The same board with a model of its power. */
    public BoardSettings withPower(PowerModel model) {
        return new BoardSettings(kind, simulation, speed, Optional.of(model), places);
    }

    /** The same board, its sensors elsewhere. */
    public BoardSettings withPlaces(Places elsewhere) {
        return new BoardSettings(kind, simulation, speed, power, elsewhere);
    }
}
