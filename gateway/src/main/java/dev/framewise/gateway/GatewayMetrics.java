package dev.framewise.gateway;

import dev.framewise.gateway.capture.CameraStats;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What {@code /metrics} of a gateway shows. The names are in gateway/metrics.md; read when asked, by the health thread. */
final class GatewayMetrics {
    static final String FRAMES = "framewise_gateway_frames";
    static final String OVERRUNS = "framewise_gateway_overruns";
    static final String CAMERA_UP = "framewise_gateway_camera_up";
    static final String REOPENED = "framewise_gateway_camera_reopened";
    static final String OUTBOX_RECORDS = "framewise_gateway_outbox_records";
    static final String OUTBOX_BYTES = "framewise_gateway_outbox_bytes";
    static final String OUTBOX_TRANSACTIONS = "framewise_gateway_outbox_transactions";
    static final String REPLAYED = "framewise_gateway_replayed";
    static final String KAFKA_UP = "framewise_gateway_kafka_up";
    static final String SOC_CELSIUS = "framewise_gateway_soc_celsius";
    static final String RATE_FACTOR = "framewise_gateway_frame_rate_factor";
    static final String EVENTS = "framewise_gateway_events";
    static final String DIRECTIVES = "framewise_gateway_directives";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Gateway gateway;

    GatewayMetrics(Gateway gateway) {
        this.gateway = gateway;
        frames();
        cameras();
        gauge(OUTBOX_RECORDS, "Records on the disk and frames that lost their pictures, not sent yet.", () -> {
            var outbox = gateway.stats().outbox();
            return (double) (outbox.records() + outbox.evictedFrames());
        });
        gauge(OUTBOX_BYTES, "Bytes on the disk.", () ->
                (double) gateway.stats().outbox().bytes());
        gauge(
                KAFKA_UP,
                "1 while Kafka can be reached.",
                () -> gateway.stats().outbox().linked() ? 1 : 0);
        gauge(SOC_CELSIUS, "The SoC; NaN where it cannot be read.", () -> gateway.stats()
                .reading()
                .socCelsius());
        gauge(RATE_FACTOR, "Share of the frame rate in force.", () -> gateway.stats()
                .throttle()
                .frameRateFactor());
        counter(OUTBOX_TRANSACTIONS, "Writes to the disk.", () -> gateway.stats()
                .outbox()
                .transactions());
        counter(REPLAYED, "Records sent after a wait.", () -> gateway.stats()
                .outbox()
                .replayed());
        CounterWithCallback.builder()
                .name(EVENTS)
                .help("What happened, by kind.")
                .labelNames("kind")
                .callback(callback ->
                        gateway.events().counts().forEach((kind, count) -> callback.call((double) count, kind.name())))
                .register(registry);
        CounterWithCallback.builder()
                .name(DIRECTIVES)
                .help("Directives heard, by what became of them.")
                .labelNames("outcome")
                .callback(callback -> {
                    var heard = gateway.stats().directives();
                    Map.of(
                                    "applied", heard.applied(),
                                    "withdrawn", heard.withdrawn(),
                                    "for_others", heard.forOthers(),
                                    "expired", heard.expired(),
                                    "outdated", heard.outdated(),
                                    "malformed", heard.malformed())
                            .forEach((outcome, count) -> callback.call((double) count, outcome));
                })
                .register(registry);
    }

    PrometheusRegistry registry() {
        return registry;
    }

    private void frames() {
        // a gauge by nature: a frame that is evicted later leaves the count it was in
        GaugeWithCallback.builder()
                .name(FRAMES)
                .help("Pictures captured since the start, by what was done with them.")
                .labelNames("camera", "disposition")
                .callback(callback -> gateway.stats().cameras().forEach((camera, stats) -> byDisposition(stats)
                        .forEach((disposition, count) -> callback.call((double) count, camera, disposition))))
                .register(registry);
        CounterWithCallback.builder()
                .name(OVERRUNS)
                .help("Pictures thrown away unnumbered because newer ones were waiting.")
                .labelNames("camera")
                .callback(callback ->
                        gateway.overruns().forEach((camera, count) -> callback.call((double) count, camera)))
                .register(registry);
    }

    private void cameras() {
        GaugeWithCallback.builder()
                .name(CAMERA_UP)
                .help("1 while a live camera gives pictures that show something.")
                .labelNames("camera")
                .callback(callback ->
                        gateway.openCameras().forEach(camera -> callback.call(camera.isWell() ? 1 : 0, camera.name())))
                .register(registry);
        CounterWithCallback.builder()
                .name(REOPENED)
                .help("How often a camera was opened again.")
                .labelNames("camera")
                .callback(callback -> gateway.openCameras()
                        .forEach(camera -> callback.call((double) camera.reopened(), camera.name())))
                .register(registry);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private static Map<String, Long> byDisposition(CameraStats stats) {
        return Map.of(
                "sent", stats.sent(),
                "skipped", stats.skipped(),
                "throttled", stats.throttled(),
                "evicted", stats.evicted());
    }
}
