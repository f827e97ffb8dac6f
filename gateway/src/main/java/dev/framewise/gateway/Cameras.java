package dev.framewise.gateway;

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
import dev.framewise.gateway.outbox.EpochJournal;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.publish.FramePublisher;
import dev.framewise.schemas.Disposition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The cameras of a gateway: none before {@link #open}, then all that are configured; and what they have counted. Thread-safe. */
final class Cameras {
    private final GatewayConfig config;
    private final GatewayParts parts;
    private final EventLog events;
    private final DeviceThrottle throttle;
    private final Map<String, CameraCounters> counters = new LinkedHashMap<>();
    private final List<Camera> open = new CopyOnWriteArrayList<>();

    Cameras(GatewayConfig config, GatewayParts parts, EventLog events, DeviceThrottle throttle) {
        this.config = config;
        this.parts = parts;
        this.events = events;
        this.throttle = throttle;
        config.cameras().forEach(camera -> counters.put(camera.name(), new CameraCounters()));
    }

    /**
     * Opens all.
     *
     * @throws GatewayException if one cannot be opened; those before it are open then
     */
    void open(Delivery delivery) {
        FramePublisher publisher = new FramePublisher(delivery.sink());
        config.cameras().forEach(camera -> open.add(camera(camera, delivery, publisher)));
    }

    private Camera camera(CameraSettings camera, Delivery delivery, FramePublisher publisher) {
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

    /** Those that are open, whether or not they give pictures. */
    List<Camera> all() {
        return List.copyOf(open);
    }

    boolean haveEnded() {
        return open.stream().allMatch(Camera::hasEnded);
    }

    /** How often live ones were opened again. */
    long reopened() {
        return open.stream().mapToLong(Camera::reopened).sum();
    }

    /** A picture that was counted has been evicted after all; one of a camera that is configured no more is nobody's. */
    void evicted(String camera, Disposition was) {
        CameraCounters counter = counters.get(camera);
        if (counter != null) {
            counter.evictLater(was);
        }
    }

    /** What became of the pictures, by camera. */
    Map<String, CameraStats> stats() {
        Map<String, CameraStats> stats = new LinkedHashMap<>();
        counters.forEach((name, counter) -> stats.put(name, counter.snapshot()));
        return stats;
    }

    /** The same of all together. */
    CameraStats total() {
        return counters.values().stream().map(CameraCounters::snapshot).reduce(CameraStats.NONE, CameraStats::plus);
    }

    /** Pictures that were thrown away unnumbered, by camera. */
    Map<String, Long> overruns() {
        Map<String, Long> overruns = new LinkedHashMap<>();
        counters.forEach((name, counter) -> overruns.put(name, counter.overruns()));
        return overruns;
    }

    void close() throws InterruptedException {
        for (Camera camera : open) {
            camera.close();
        }
    }
}
