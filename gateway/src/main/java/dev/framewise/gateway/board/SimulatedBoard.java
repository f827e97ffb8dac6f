package dev.framewise.gateway.board;

import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.schemas.PowerSource;
import dev.framewise.thermal.sim.ReferenceBoard;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The reference board in place of real sensors, heated by what the gateway really does: each reading lets the time since the
 * last one pass under the frames admitted and sent meanwhile. Its watts come from a model, so their source is ESTIMATED.
 */
public final class SimulatedBoard implements BoardSensors {
    private final ReferenceBoard board;
    private final double speed;
    private final LongSupplier nanoTicker;
    private final Supplier<CameraStats> load;
    private long lastNanos;
    private CameraStats lastLoad;

    /**
     * A board whose time starts now.
     *
     * @param speed board seconds per real second, above 0; 1 is real time
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     * @param load the frames of all cameras so far
     */
    public SimulatedBoard(ReferenceBoard board, double speed, LongSupplier nanoTicker, Supplier<CameraStats> load) {
        this.board = board;
        this.speed = speed;
        this.nanoTicker = nanoTicker;
        this.load = load;
        this.lastNanos = nanoTicker.getAsLong();
        this.lastLoad = load.get();
    }

    @Override
    public BoardReading read() {
        long nanos = nanoTicker.getAsLong();
        CameraStats now = load.get();
        double seconds = (nanos - lastNanos) / 1e9;
        if (seconds > 0) {
            board.advance(
                    seconds * speed,
                    (now.admitted() - lastLoad.admitted()) / seconds,
                    // pictures that were evicted meanwhile have left the count they were in
                    Math.max(0, now.sent() - lastLoad.sent()) / seconds);
            lastNanos = nanos;
            lastLoad = now;
        }
        return new BoardReading(
                board.readCelsius(),
                /* throttleFlags= */ 0,
                board.powerWatts(),
                PowerSource.ESTIMATED,
                board.utilization());
    }
}
