package dev.framewise.gateway.board;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.gateway.directive.DeviceThrottle;
import dev.framewise.gateway.directive.PictureOrder;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.outbox.OutboxStats;
import dev.framewise.gateway.publish.RecordSink;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Telemetry;
import dev.framewise.schemas.Topic;
import dev.framewise.thermal.TemperatureReading;
import dev.framewise.thermal.ThrottleDecision;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the board, tells the local law, publishes one telemetry record: one {@link #tick()} each second, on one thread. A
 * sensor that fails is a reading without a temperature, which counts as hot; a broker that fails does not stop the readings,
 * for the local law needs them most then.
 */
public final class TelemetryLoop {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryLoop.class);

    private final String device;
    private final String profile;
    private final long bootEpochMicros;
    private final BoardSensors sensors;
    private final DeviceThrottle throttle;
    private final RecordSink sink;
    private final Supplier<OutboxStats> outbox;
    private final EventLog events;
    private final Supplier<CameraStats> cameras;
    private final Clock clock;
    private final LongSupplier nanoTicker;
    private final RecordCodec<Telemetry> codec = new RecordCodec<>(Telemetry.class);
    private final AtomicLong published = new AtomicLong();
    private volatile BoardReading lastReading = BoardReading.UNREADABLE;
    private CameraStats lastCameras;
    private String lastRule = "";
    private boolean unreadable;
    private long lastNanos;

    /**
     * A loop whose first interval starts now.
     *
     * @param outbox what waits on the disk
     * @param events keeps each reading on the device
     * @param cameras the frames of all cameras so far
     * @param nanoTicker a monotonic clock such as {@link System#nanoTime()}
     */
    public TelemetryLoop(
            String device,
            String profile,
            long bootEpochMicros,
            BoardSensors sensors,
            DeviceThrottle throttle,
            RecordSink sink,
            Supplier<OutboxStats> outbox,
            EventLog events,
            Supplier<CameraStats> cameras,
            Clock clock,
            LongSupplier nanoTicker) {
        this.device = device;
        this.profile = profile;
        this.bootEpochMicros = bootEpochMicros;
        this.sensors = sensors;
        this.throttle = throttle;
        this.sink = sink;
        this.outbox = outbox;
        this.events = events;
        this.cameras = cameras;
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.lastCameras = cameras.get();
        this.lastNanos = nanoTicker.getAsLong();
    }

    /** One reading. */
    public void tick() {
        BoardReading reading = read();
        long nowMicros = SteadyWallClock.micros(clock.instant());
        lastReading = reading;
        throttle.read(new TemperatureReading(reading.socCelsius(), nowMicros));
        noteThrottle();
        byte[] record = codec.encode(record(reading, nowMicros));
        events.telemetry(nowMicros, record);
        try {
            sink.send(Topic.TELEMETRY, device, nowMicros / 1000, record);
            published.incrementAndGet();
        } catch (GatewayException e) {
            LOG.debug("telemetry of {} not published", device, e);
        }
    }

    /** The last reading; may be read from any thread. */
    public BoardReading lastReading() {
        return lastReading;
    }

    /** Telemetry records handed to the sink; may be read from any thread. */
    public long published() {
        return published.get();
    }

    /** Keeps on the device who rules and how; of the local law's many small steps only whether it throttles. */
    private void noteThrottle() {
        ThrottleDecision inForce = throttle.current();
        boolean directed = throttle.appliedDirectiveMicros() != null;
        String now = directed
                ? String.format(
                        Locale.ROOT,
                        "%.0f %% of the frames, one of %d looked at",
                        100 * inForce.frameRateFactor(),
                        inForce.detectorInterval())
                : inForce.frameRateFactor() < 1 ? "throttles" : "all frames";
        String rule = directed + now;
        if (!rule.equals(lastRule)) {
            lastRule = rule;
            events.note(
                    directed ? EventLog.Kind.DIRECTIVE_APPLIED : EventLog.Kind.LOCAL_LAW,
                    /* camera= */ null,
                    now + ": " + inForce.reason());
        }
    }

    private BoardReading read() {
        try {
            BoardReading reading = sensors.read();
            unreadable = false;
            return reading;
        } catch (IOException | RuntimeException e) {
            // once, not every second of a year
            if (unreadable) {
                LOG.debug("the sensors of {} still cannot be read", device, e);
            } else {
                LOG.warn("the sensors of {} cannot be read, which counts as hot", device, e);
            }
            unreadable = true;
            return BoardReading.UNREADABLE;
        }
    }

    private Telemetry record(BoardReading reading, long nowMicros) {
        long nanos = nanoTicker.getAsLong();
        CameraStats now = cameras.get();
        double seconds = (nanos - lastNanos) / 1e9;
        Telemetry telemetry = new Telemetry();
        telemetry.setDevice(device);
        telemetry.setProfile(profile);
        telemetry.setBootEpoch(bootEpochMicros);
        telemetry.setMeasuredAtMicros(nowMicros);
        telemetry.setSocCelsius(orNull(reading.socCelsius()));
        telemetry.setThrottleFlags(reading.throttleFlags());
        telemetry.setPowerWatts(orNull(reading.powerWatts()));
        telemetry.setPowerSource(reading.powerSource());
        telemetry.setUtilization(orNull(reading.utilization()));
        telemetry.setFpsCaptured(perSecond(now.captured() - lastCameras.captured(), seconds));
        telemetry.setFpsSent(perSecond(now.sent() - lastCameras.sent(), seconds));
        OutboxStats waiting = outbox.get();
        telemetry.setOutboxDepth(waiting.records() + waiting.evictedFrames());
        telemetry.setOutboxBytes(waiting.bytes());
        ThrottleDecision inForce = throttle.current();
        telemetry.setAppliedDirectiveMicros(throttle.appliedDirectiveMicros());
        telemetry.setAppliedFrameRateFactor(inForce.frameRateFactor());
        telemetry.setAppliedDetectorInterval(inForce.detectorInterval());
        PictureOrder order = throttle.pictures();
        telemetry.setAppliedJpegQuality(order.jpegQuality());
        telemetry.setAppliedMaxWidth(order.maxWidth());
        telemetry.setAppliedModelVariant(order.modelVariant());
        telemetry.setTemperatures(reading.temperatures());
        telemetry.setClocksMegahertz(reading.clocksMegahertz());
        lastCameras = now;
        lastNanos = nanos;
        return telemetry;
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static double perSecond(long frames, double seconds) {
        // pictures that were evicted meanwhile have left the count they were in
        return seconds > 0 ? Math.max(0, frames) / seconds : 0;
    }
}
