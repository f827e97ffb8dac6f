package dev.framewise.gateway;

import dev.framewise.gateway.board.BoardReading;
import dev.framewise.gateway.board.TelemetryLoop;
import dev.framewise.gateway.publish.CaptureLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway tells of itself, on one thread: a reading of the board at its interval and a window of the ledger every ten seconds. The
 * supervisor looks around on the same thread.
 */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final long STOP_SECONDS = 5;
    /** For the first reading and the last window: Kafka's client gives up sooner. */
    private static final long TELL_SECONDS = 10;

    private static final long LEDGER_SECONDS = 10;
    private static final long CHECK_MILLIS = 500;

    private final String device;
    private final LongSupplier wallMicros;
    private final ScheduledExecutorService thread;
    private final List<Future<?>> schedules = new ArrayList<>();
    private volatile TelemetryLoop telemetry;
    private volatile CaptureLedger ledger;

    Reports(String device, LongSupplier wallMicros) {
        this.device = device;
        this.wallMicros = wallMicros;
        thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "telemetry-" + device));
    }

    /**
     * Takes a first reading, and goes on at the interval.
     *
     * @throws GatewayException if the first reading fails; that a broker is away is no failure
     */
    void start(TelemetryLoop newTelemetry, CaptureLedger newLedger, Duration interval, Runnable check) {
        telemetry = newTelemetry;
        ledger = newLedger;
        firstReading();
        schedule(telemetry::tick, interval.toMillis());
        schedule(this::endWindow, TimeUnit.SECONDS.toMillis(LEDGER_SECONDS));
        schedule(check, CHECK_MILLIS);
    }

    private synchronized void schedule(Runnable task, long everyMillis) {
        schedules.add(thread.scheduleAtFixedRate(task, everyMillis, everyMillis, TimeUnit.MILLISECONDS));
    }

    /** Reads the board; a broker that is away holds only the reading's record up. */
    private void firstReading() {
        try {
            thread.submit(telemetry::tick).get(TELL_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("the first reading of {} still waits for Kafka; the cameras begin", device);
        } catch (ExecutionException e) {
            throw new GatewayException("device " + device + ": no telemetry: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWindow() {
        ledger.endWindow(wallMicros.getAsLong());
    }

    /** Telemetry records handed on so far. */
    long published() {
        TelemetryLoop loop = telemetry;
        return loop == null ? 0 : loop.published();
    }

    BoardReading lastReading() {
        TelemetryLoop loop = telemetry;
        return loop == null ? BoardReading.UNREADABLE : loop.lastReading();
    }

    /** The last window: what it says of the cameras is final. Nothing where there was no start. */
    void lastWindow() throws InterruptedException {
        if (ledger == null) {
            return;
        }
        try {
            thread.submit(this::endWindow).get(TELL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.warn("the last window of {} was not told", device, e);
        }
    }

    /** Nothing more is told unasked. */
    synchronized void pause() {
        schedules.forEach(each -> each.cancel(/* mayInterruptIfRunning= */ false));
    }

    /** Ends the thread, in peace where that takes no longer than it should. */
    void stop() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }

    /** Ends the thread at once. */
    void stopNow() {
        thread.shutdownNow();
    }
}
