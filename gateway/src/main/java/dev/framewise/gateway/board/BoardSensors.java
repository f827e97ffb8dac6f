package dev.framewise.gateway.board;

import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.config.BoardSettings;
import dev.framewise.thermal.sim.ReferenceBoard;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A board's sensors. Called by the telemetry thread only. */
@FunctionalInterface
public interface BoardSensors {

    /** Of a reading; the programs that it asks have time-outs of their own, which are shorter. */
    Duration TIMEOUT = Duration.ofSeconds(5);

    /** A board without sensors, or whose sensors are not supported: its temperature is unknown and counts as hot. */
    BoardSensors NONE = () -> BoardReading.UNREADABLE;

    /**
     * The sensors that a configuration names.
     *
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     * @param load the frames of all cameras so far; they heat a simulated board
     */
    static BoardSensors of(BoardSettings board, LongSupplier nanoTicker, Supplier<CameraStats> load) {
        return switch (board.kind()) {
            case SIMULATED ->
                new SimulatedBoard(new ReferenceBoard(board.simulation()), board.speed(), nanoTicker, load);
            case REAL -> {
                BoardSensors real = new TimedSensors(new LinuxBoard(board.places(), nanoTicker), TIMEOUT);
                yield board.power()
                        .<BoardSensors>map(model -> new EstimatedPower(real, model))
                        .orElse(real);
            }
            case NONE -> NONE;
        };
    }

    /**
     * Reads all sensors; a sensor that is missing is NaN.
     *
     * @throws IOException if nothing can be read
     */
    BoardReading read() throws IOException;
}
