package dev.framewise.gateway.board;

import java.io.IOException;

/** A board's sensors. Called by the telemetry thread only. */
@FunctionalInterface
public interface BoardSensors {

    /** A board without sensors, or whose sensors are not supported: its temperature is unknown and counts as hot. */
    BoardSensors NONE = () -> BoardReading.UNREADABLE;

    /**
     * Reads all sensors; a sensor that is missing is NaN.
     *
     * @throws IOException if nothing can be read
     */
    BoardReading read() throws IOException;
}
