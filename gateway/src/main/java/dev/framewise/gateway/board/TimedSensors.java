package dev.framewise.gateway.board;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sensors that may hang: a bus that is stuck holds whoever reads its files. Each reading has a thread of its own; while one that was
 * given up has not come back, there is no other, and the board is unknown, which counts as hot. The telemetry thread's, which looks
 * after everything else, too, and must not stand still.
 */
final class TimedSensors implements BoardSensors {
    private final BoardSensors sensors;
    private final Duration timeout;
    private CompletableFuture<BoardReading> last = CompletableFuture.completedFuture(BoardReading.UNREADABLE);

    TimedSensors(BoardSensors sensors, Duration timeout) {
        this.sensors = sensors;
        this.timeout = timeout;
    }

    @Override
    public BoardReading read() throws IOException {
        if (!last.isDone()) {
            throw new IOException("the sensors have not answered yet");
        }
        CompletableFuture<BoardReading> reading = new CompletableFuture<>();
        last = reading;
        Thread thread = new Thread(() -> read(reading), "sensors");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the sensors have not answered in " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void read(CompletableFuture<BoardReading> reading) {
        try {
            reading.complete(sensors.read());
        } catch (IOException | RuntimeException | LinkageError e) {
            reading.completeExceptionally(e);
        }
    }
}
