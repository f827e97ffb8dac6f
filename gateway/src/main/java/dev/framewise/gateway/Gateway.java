package dev.framewise.gateway;

import dev.framewise.gateway.board.BoardReading;
import dev.framewise.gateway.board.BoardSensors;
import dev.framewise.gateway.board.TelemetryLoop;
import dev.framewise.gateway.capture.CameraCounters;
import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.capture.CaptureClock;
import dev.framewise.gateway.capture.FrameStamper;
import dev.framewise.gateway.capture.PictureHandler;
import dev.framewise.gateway.capture.PictureWatch;
import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.gateway.capture.VideoSources;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.directive.DeviceThrottle;
import dev.framewise.gateway.directive.DirectiveInbox;
import dev.framewise.gateway.directive.DirectiveListener;
import dev.framewise.gateway.outbox.EpochJournal;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.outbox.OutboxStats;
import dev.framewise.gateway.outbox.StoreAndForward;
import dev.framewise.gateway.publish.CaptureLedger;
import dev.framewise.gateway.publish.FramePublisher;
import dev.framewise.gateway.watch.CrashLoop;
import dev.framewise.gateway.watch.SdNotify;
import dev.framewise.thermal.DirectivePolicy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    /** For the first reading and the last window: Kafka's client gives up sooner. */
    private static final long TELL_SECONDS = 10;

    private static final long LEDGER_SECONDS = 10;
    private static final long CHECK_MILLIS = 500;

    private final GatewayConfig config;
    private final GatewayParts parts;
    private final Map<String, CameraCounters> counters = new LinkedHashMap<>();
    private final DeviceThrottle throttle;
    private final DirectiveInbox inbox;
    private final DirectiveListener listener;
    private final Thread listenerThread;
    private final ScheduledExecutorService telemetryThread;
    private final List<Camera> cameras = new CopyOnWriteArrayList<>();
    private final EventLog events;
    private final AtomicReference<GatewayException> failure = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Optional<CrashLoop> crashes = Optional.empty();
    private volatile GatewayWatch watch;
    private volatile Delivery delivery;
    private CaptureLedger ledger;
    private Future<?> ledgerSchedule;
    private Future<?> checkSchedule;
    private Future<?> telemetrySchedule;
    private volatile TelemetryLoop telemetry;
    private volatile boolean closed;

    /** A gateway in the real world. */
    public Gateway(GatewayConfig config) {
        this(config, GatewayParts.real());
    }

    /** A gateway in the given world. */
    public Gateway(GatewayConfig config, GatewayParts parts) {
        this.config = config;
        this.parts = parts;
        config.cameras().forEach(camera -> counters.put(camera.name(), new CameraCounters()));
        events = new EventLog(this::nowMicros);
        throttle = new DeviceThrottle(DirectivePolicy.linear(config.thermal()), parts.wallClock(), parts.nanoTicker());
        inbox = new DirectiveInbox(config.device(), throttle, parts.wallClock());
        listener = new DirectiveListener(config.kafka(), inbox);
        listenerThread = new Thread(listener, "directives-" + config.device());
        telemetryThread =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "telemetry-" + config.device()));
    }

    /**
     * Opens all cameras, takes a first reading of the board, so that no picture is throttled for want of one, and starts.
     *
     * @throws GatewayException if a camera cannot be opened; close the gateway then
     */
    public void start() {
        delivery = new Delivery(config, parts, events, (camera, was) -> {
            CameraCounters counter = counters.get(camera);
            if (counter != null) {
                counter.evictLater(was);
            }
        });
        events.note(
                EventLog.Kind.GATEWAY_STARTED,
                /* camera= */ null,
                config.device() + ", epoch " + delivery.bootEpochMicros() + ", profile " + config.profile());
        beginCounting();
        if (!isDegraded()) {
            openAll();
        }
        telemetry = new TelemetryLoop(
                config.device(),
                config.profile(),
                delivery.bootEpochMicros(),
                BoardSensors.of(config.board(), parts.nanoTicker(), this::frames),
                throttle,
                delivery.sink(),
                delivery::stats,
                events,
                this::frames,
                parts.wallClock(),
                parts.nanoTicker());
        ledger = new CaptureLedger(
                config.device(), delivery.bootEpochMicros(), delivery.sink(), this::cameraStats, nowMicros());
        watch = new GatewayWatch(this, parts, config.healthPort(), SdNotify.fromEnvironment());
        delivery.start();
        firstReading();
        long intervalMillis = config.telemetryInterval().toMillis();
        telemetrySchedule = telemetryThread.scheduleAtFixedRate(
                telemetry::tick, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
        ledgerSchedule = telemetryThread.scheduleAtFixedRate(
                () -> ledger.endWindow(nowMicros()), LEDGER_SECONDS, LEDGER_SECONDS, TimeUnit.SECONDS);
        checkSchedule =
                telemetryThread.scheduleAtFixedRate(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        listenerThread.start();
        cameras.forEach(Camera::start);
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

    private void openAll() {
        FramePublisher publisher = new FramePublisher(delivery.sink());
        config.cameras().forEach(camera -> cameras.add(camera(camera, publisher)));
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
            openAll();
            cameras.forEach(camera -> {
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
        return List.copyOf(cameras);
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
        Map<String, Long> overruns = new LinkedHashMap<>();
        counters.forEach((name, counter) -> overruns.put(name, counter.overruns()));
        return overruns;
    }

    /** How often live cameras were opened again. */
    public long reopened() {
        return cameras.stream().mapToLong(Camera::reopened).sum();
    }

    /** The port of the health page; 0 where there is none. */
    public int healthPort() {
        return watch == null ? 0 : watch.healthPort();
    }

    private void oneHasEnded() {
        if (cameras.stream().allMatch(Camera::hasEnded)) {
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

    private Camera camera(CameraSettings camera, FramePublisher publisher) {
        EpochJournal journal = delivery.journal(camera.name());
        boolean live = VideoSources.isLive(camera.source());
        PictureWatch watch = new PictureWatch(camera.name(), live, events, parts.nanoTicker());
        return new Camera(
                camera,
                parts,
                events,
                watch,
                fps -> new PictureHandler(
                        camera,
                        new FrameStamper(config.device(), clock(journal, fps), journal),
                        throttle::current,
                        throttle::pictures,
                        publisher,
                        counters.get(camera.name()),
                        watch));
    }

    private CaptureClock clock(EpochJournal journal, double framesPerSecond) {
        return config.captureClock() == GatewayConfig.CaptureClock.CLIP
                ? CaptureClock.clip(journal.bootEpoch(), framesPerSecond)
                : new SteadyWallClock(parts.wallClock(), parts.nanoTicker());
    }

    /** Reads the board; a broker that is away holds only the reading's record up. */
    private void firstReading() {
        try {
            telemetryThread.submit(telemetry::tick).get(TELL_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("the first reading of {} still waits for Kafka; the cameras begin", config.device());
        } catch (ExecutionException e) {
            throw new GatewayException("device " + config.device() + ": no telemetry: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until every camera has ended and every record is acknowledged. A gateway of live or looping cameras waits until
     * it is closed. Telemetry and directives go on until {@link #close()}.
     *
     * @throws GatewayException if a camera failed or a record could not be delivered; the first such failure
     */
    public void awaitEnd() throws InterruptedException {
        for (Camera camera : cameras) {
            camera.onEnd(this::oneHasEnded);
        }
        if (cameras.isEmpty() && !isDegraded()) {
            ended.countDown();
        }
        ended.await();
        if (failure.get() != null) {
            throw failure.get();
        }
        for (Camera camera : cameras) {
            if (camera.failure() != null) {
                throw camera.failure();
            }
        }
        if (!closed) {
            endLedger();
            delivery.sink().flush();
        }
    }

    /** What it has done so far and how it stands. */
    public GatewayStats stats() {
        TelemetryLoop loop = telemetry;
        return new GatewayStats(
                config.device(),
                cameraStats(),
                inbox.snapshot(),
                loop == null ? 0 : loop.published(),
                loop == null ? BoardReading.UNREADABLE : loop.lastReading(),
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
        if (telemetrySchedule != null) {
            telemetrySchedule.cancel(/* mayInterruptIfRunning= */ false);
            ledgerSchedule.cancel(/* mayInterruptIfRunning= */ false);
            checkSchedule.cancel(/* mayInterruptIfRunning= */ false);
        }
        try {
            for (Camera camera : cameras) {
                camera.close();
            }
            if (ledger != null) {
                endLedger();
            }
            telemetryThread.shutdown();
            if (!telemetryThread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                telemetryThread.shutdownNow();
            }
            listenerThread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        telemetryThread.shutdownNow();
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

    /** The last window: what it says of the cameras is final. */
    private void endLedger() throws InterruptedException {
        try {
            telemetryThread.submit(() -> ledger.endWindow(nowMicros())).get(TELL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.warn("the last window of {} was not told", config.device(), e);
        }
    }

    private long nowMicros() {
        return SteadyWallClock.micros(parts.wallClock().instant());
    }

    private Map<String, CameraStats> cameraStats() {
        Map<String, CameraStats> stats = new LinkedHashMap<>();
        counters.forEach((name, counter) -> stats.put(name, counter.snapshot()));
        return stats;
    }

    private CameraStats frames() {
        return counters.values().stream().map(CameraCounters::snapshot).reduce(CameraStats.NONE, CameraStats::plus);
    }
}
