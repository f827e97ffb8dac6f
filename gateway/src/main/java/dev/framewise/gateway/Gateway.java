package dev.framewise.gateway;

import dev.framewise.gateway.board.BoardSensors;
import dev.framewise.gateway.board.TelemetryLoop;
import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.directive.DeviceThrottle;
import dev.framewise.gateway.directive.DirectiveInbox;
import dev.framewise.gateway.directive.DirectiveListener;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.outbox.OutboxStats;
import dev.framewise.gateway.outbox.StoreAndForward;
import dev.framewise.gateway.publish.CaptureLedger;
import dev.framewise.gateway.watch.CrashLoop;
import dev.framewise.gateway.watch.SdNotify;
import dev.framewise.thermal.DirectivePolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway: its cameras, its board and its ear for directives, each on a thread of its own. Several may run in one JVM.
 *
 * <pre>{@code
 * try (Gateway gateway = new Gateway(config)) {
 *     gateway.start();
 *     gateway.awaitEnd();
 * }
 * }</pre>
 *
 * <p>Start and wait on one thread; {@link #stats()} and {@link #close()} may be called from any.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long STOP_SECONDS = 5;

    private final GatewayConfig config;
    private final GatewayParts parts;
    private final DeviceThrottle throttle;
    private final DirectiveInbox inbox;
    private final DirectiveListener listener;
    private final Thread listenerThread;
    private final Cameras cameras;
    private final Reports reports;
    private final EventLog events;
    private final AtomicReference<GatewayException> failure = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Optional<CrashLoop> crashes = Optional.empty();
    private volatile GatewayWatch watch;
    private volatile Delivery delivery;
    private volatile boolean closed;

    /** A gateway in the real world. */
    public Gateway(GatewayConfig config) {
        this(config, GatewayParts.real());
    }

    /** A gateway in the given world. */
    public Gateway(GatewayConfig config, GatewayParts parts) {
        this.config = config;
        this.parts = parts;
        events = new EventLog(this::nowMicros);
        throttle = new DeviceThrottle(DirectivePolicy.linear(config.thermal()), parts.wallClock(), parts.nanoTicker());
        inbox = new DirectiveInbox(config.device(), throttle, parts.wallClock());
        listener = new DirectiveListener(config.kafka(), inbox);
        listenerThread = new Thread(listener, "directives-" + config.device());
        cameras = new Cameras(config, parts, events, throttle);
        reports = new Reports(config.device(), this::nowMicros);
    }

    /**
     * Opens all cameras, takes a first reading of the board, so that no picture is throttled for want of one, and starts.
     *
     * @throws GatewayException if a camera cannot be opened; close the gateway then
     */
    public void start() {
        delivery = new Delivery(config, parts, events, cameras::evicted);
        events.note(
                EventLog.Kind.GATEWAY_STARTED,
                /* camera= */ null,
                config.device() + ", epoch " + delivery.bootEpochMicros() + ", profile " + config.profile());
        beginCounting();
        if (!isDegraded()) {
            cameras.open(delivery);
        }
        TelemetryLoop telemetry = new TelemetryLoop(
                config.device(),
                config.profile(),
                delivery.bootEpochMicros(),
                BoardSensors.of(config.board(), parts.nanoTicker(), cameras::total),
                throttle,
                delivery.sink(),
                delivery::stats,
                events,
                cameras::total,
                parts.wallClock(),
                parts.nanoTicker());
        CaptureLedger ledger = new CaptureLedger(
                config.device(), delivery.bootEpochMicros(), delivery.sink(), cameras::stats, nowMicros());
        watch = new GatewayWatch(this, parts, config.healthPort(), SdNotify.fromEnvironment());
        delivery.start();
        reports.start(telemetry, ledger, config.telemetryInterval(), this::check);
        listenerThread.start();
        cameras.all().forEach(Camera::start);
    }

    /** Where the gateway has a directory, a row of crashes ends in a gateway without cameras. */
    private void beginCounting() {
        crashes = config.stateDirectory()
                .map(directory -> CrashLoop.begin(directory, parts.nanoTicker().getAsLong()));
        if (isDegraded()) {
            events.event(
                    EventLog.Kind.DEGRADED,
                    /* camera= */ null,
                    "telemetry only: this is start " + crashes.get().starts()
                            + " in a row that did not last; the cameras are tried again in "
                            + CrashLoop.TRY_AGAIN.toMinutes() + " min");
        }
    }

    /** Looks whether a row of crashes is over, and tries cameras that stayed off for it. */
    private void tickCrashes() {
        boolean due =
                crashes.isPresent() && crashes.get().tick(parts.nanoTicker().getAsLong());
        if (!due) {
            return;
        }
        events.event(EventLog.Kind.RESTARTED, /* camera= */ null, "the cameras, which were off after a row of crashes");
        try {
            cameras.open(delivery);
            cameras.all().forEach(camera -> {
                camera.start();
                camera.onEnd(this::oneHasEnded);
            });
        } catch (GatewayException e) {
            fail(e);
        }
    }

    /** Whether the cameras stay off after a row of crashes. */
    boolean isDegraded() {
        return crashes.isPresent() && crashes.get().isDegraded();
    }

    EventLog events() {
        return events;
    }

    List<Camera> openCameras() {
        return cameras.all();
    }

    Optional<StoreAndForward> outbox() {
        return delivery == null ? Optional.empty() : delivery.outbox();
    }

    /** The files whose content Kafka's clients were made with. */
    Set<Path> kafkaFiles() {
        return config.kafka().files();
    }

    /** Makes the connections to Kafka anew. */
    void reconnect() {
        delivery.sink().reconnect();
        listener.restart();
    }

    Map<String, Long> overruns() {
        return cameras.overruns();
    }

    /** How often live cameras were opened again. */
    public long reopened() {
        return cameras.reopened();
    }

    /** The port of the health page; 0 where there is none. */
    public int healthPort() {
        return watch == null ? 0 : watch.healthPort();
    }

    private void oneHasEnded() {
        if (cameras.haveEnded()) {
            ended.countDown();
        }
    }

    /** Ends {@link #awaitEnd} with a failure. */
    void fail(GatewayException why) {
        failure.compareAndSet(null, why);
        ended.countDown();
    }

    private void check() {
        try {
            watch.tick();
            tickCrashes();
        } catch (RuntimeException e) {
            // a scheduled task that throws is never run again
            LOG.error("the supervisor of {} goes on after what must not happen", config.device(), e);
        }
    }

    /**
     * Waits until every camera has ended and every record is acknowledged. A gateway of live or looping cameras waits until
     * it is closed. Telemetry and directives go on until {@link #close()}.
     *
     * @throws GatewayException if a camera failed or a record could not be delivered; the first such failure
     */
    public void awaitEnd() throws InterruptedException {
        for (Camera camera : cameras.all()) {
            camera.onEnd(this::oneHasEnded);
        }
        if (cameras.all().isEmpty() && !isDegraded()) {
            ended.countDown();
        }
        ended.await();
        if (failure.get() != null) {
            throw failure.get();
        }
        for (Camera camera : cameras.all()) {
            if (camera.failure() != null) {
                throw camera.failure();
            }
        }
        if (!closed) {
            reports.lastWindow();
            delivery.sink().flush();
        }
    }

    /** What it has done so far and how it stands. */
    public GatewayStats stats() {
        return new GatewayStats(
                config.device(),
                cameras.stats(),
                inbox.snapshot(),
                reports.published(),
                reports.lastReading(),
                throttle.current(),
                throttle.appliedDirectiveMicros() != null,
                delivery == null ? OutboxStats.NONE : delivery.stats());
    }

    /** Ends the cameras where they are, delivers what is under way and gives everything back. May be called
     * twice, and from any thread. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean interrupted = false;
        listener.close();
        reports.pause();
        try {
            cameras.close();
            reports.lastWindow();
            reports.stop();
            listenerThread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        reports.stopNow();
        if (watch != null) {
            watch.close();
        }
        crashes.ifPresent(loop -> {
            if (failure.get() == null) {
                loop.well();
            }
        });
        ended.countDown();
        if (delivery != null) {
            delivery.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long nowMicros() {
        return SteadyWallClock.micros(parts.wallClock().instant());
    }
}
