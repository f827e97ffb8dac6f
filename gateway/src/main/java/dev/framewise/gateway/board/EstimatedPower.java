package dev.framewise.gateway.board;

import dev.framewise.gateway.config.BoardSettings;
import dev.framewise.schemas.PowerSource;
import java.io.IOException;

/**
 * Watts from a stated model where the board measures none: {@code P = idle + (busy - idle) u}, u being the load. What is measured
 * stays; where the load is unknown, so are the watts. Says ESTIMATED. The telemetry thread's.
 */
final class EstimatedPower implements BoardSensors {
    private final BoardSensors sensors;
    private final BoardSettings.PowerModel model;

    EstimatedPower(BoardSensors sensors, BoardSettings.PowerModel model) {
        this.sensors = sensors;
        this.model = model;
    }

    @Override
    public BoardReading read() throws IOException {
        BoardReading reading = sensors.read();
        if (reading.powerSource() != PowerSource.ABSENT || Double.isNaN(reading.utilization())) {
            return reading;
        }
        return new BoardReading(
                reading.socCelsius(),
                reading.throttleFlags(),
                model.watts(reading.utilization()),
                PowerSource.ESTIMATED,
                reading.utilization(),
                reading.temperatures(),
                reading.clocksMegahertz());
    }
}
