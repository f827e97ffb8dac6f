package dev.framewise.gateway;

import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.outbox.OutboxStats;
import dev.framewise.gateway.outbox.StoreAndForward;
import dev.framewise.gateway.watch.FileWatch;
import dev.framewise.gateway.watch.HealthServer;
import dev.framewise.gateway.watch.SdNotify;
import dev.framewise.gateway.watch.Supervisor;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the supervisor and the health page see of a gateway, and what it may do to it. {@link #tick} is called every half second by
 * the gateway's own thread; the health page asks on another.
 */
final class GatewayWatch implements Supervisor.Parts, AutoCloseable {
    private static final long HEALTH_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Gateway gateway;
    private final GatewayParts parts;
    private final Supervisor supervisor;
    private final SdNotify systemd;
    private final Optional<Long> watchdogNanos;
    private final int healthPort;
    private final PrometheusRegistry metrics;
    private Optional<HealthServer> health = Optional.empty();
    private long healthTriedNanos;
    private final FileWatch certificates;
    private long linkedNanos;
    private long notifiedNanos;

    GatewayWatch(Gateway gateway, GatewayParts parts, int healthPort, SdNotify systemd) {
        this.gateway = gateway;
        this.parts = parts;
        this.systemd = systemd;
        this.watchdogNanos = SdNotify.watchdogNanos();
        this.supervisor = new Supervisor(this, gateway.events());
        this.certificates = new FileWatch(gateway.kafkaFiles(), parts.nanoTicker());
        this.linkedNanos = parts.nanoTicker().getAsLong();
        this.notifiedNanos = linkedNanos;
        this.healthPort = healthPort;
        this.metrics = new GatewayMetrics(gateway).registry();
        openHealth(linkedNanos);
        systemd.ready();
    }

    /** A port that is taken is no reason to see nothing: the page is tried again later. */
    private synchronized void openHealth(long now) {
        if (healthPort == 0 || health.isPresent()) {
            return;
        }
        healthTriedNanos = now;
        try {
            health = Optional.of(new HealthServer(healthPort, this::health, metrics));
        } catch (GatewayException e) {
            gateway.events().event(EventLog.Kind.HEALTH_PAGE_MISSING, /* camera= */ null, e.getMessage());
        }
    }

    /** Leaves grabs that hang, restarts what does not work, tells systemd. */
    void tick() {
        long now = parts.nanoTicker().getAsLong();
        if (gateway.stats().outbox().linked()) {
            linkedNanos = now;
        }
        gateway.openCameras().forEach(Camera::check);
        supervisor.check(now);
        if (now - healthTriedNanos >= HEALTH_AGAIN_NANOS) {
            openHealth(now);
        }
        if (certificates.haveChanged()) {
            gateway.events()
                    .event(
                            EventLog.Kind.RESTARTED,
                            /* camera= */ null,
                            "sender and listener: a certificate or secret of Kafka's has changed");
            gateway.reconnect();
        }
        // told from the thread that looks after everything: if it stands still, systemd hears nothing and restarts the
        // process
        if (watchdogNanos.isPresent() && now - notifiedNanos >= watchdogNanos.get()) {
            notifiedNanos = now;
            systemd.alive();
        }
    }

    @Override
    public List<Supervisor.CameraHealth> cameras() {
        return gateway.openCameras().stream()
                .filter(Camera::isLive)
                .map(camera -> new Supervisor.CameraHealth(camera.name(), camera.silentNanos(), camera.isBeyondHelp()))
                .toList();
    }

    @Override
    public void restartCamera(String name, String why) {
        gateway.openCameras().stream()
                .filter(camera -> camera.name().equals(name))
                .forEach(camera -> camera.restart(why));
    }

    @Override
    public long senderSilentNanos() {
        return parts.nanoTicker().getAsLong() - linkedNanos;
    }

    @Override
    public void restartSender(String why) {
        gateway.outbox().ifPresent(StoreAndForward::reconnect);
    }

    @Override
    public long outboxSilentNanos() {
        return gateway.outbox()
                .map(outbox -> System.nanoTime() - outbox.lastTickNanos())
                .orElse(0L);
    }

    @Override
    public void endProcess(String why) {
        gateway.fail(new GatewayException("the gateway ends to be started anew: " + why, null));
    }

    /** What /healthz says. */
    HealthServer.Health health() {
        GatewayStats stats = gateway.stats();
        OutboxStats outbox = stats.outbox();
        Map<String, Object> details = new LinkedHashMap<>();
        Map<String, Object> cameras = new LinkedHashMap<>();
        boolean well = !gateway.isDegraded() && outbox.linked() && outbox.working();
        for (Camera camera : gateway.openCameras()) {
            well &= camera.isWell();
            cameras.put(camera.name(), camera.state());
        }
        boolean socKnown = !Double.isNaN(stats.reading().socCelsius());
        details.put("device", stats.device());
        details.put("degraded", gateway.isDegraded());
        details.put("kafka", outbox.linked() ? "up" : "away");
        details.put("outbox", outbox.working() ? "works" : "fails");
        details.put("waiting", outbox.records() + outbox.evictedFrames());
        details.put("temperature", socKnown ? stats.reading().socCelsius() : "unknown, which counts as hot");
        details.put("cameras", cameras);
        return new HealthServer.Health(well, details);
    }

    /** The port of the health page; 0 where there is none. */
    synchronized int healthPort() {
        return health.map(HealthServer::port).orElse(0);
    }

    @Override
    public synchronized void close() {
        systemd.stopping();
        health.ifPresent(HealthServer::close);
    }
}
