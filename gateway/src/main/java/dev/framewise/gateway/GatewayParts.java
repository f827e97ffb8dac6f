package dev.framewise.gateway;

import dev.framewise.gateway.capture.Pacer;
import dev.framewise.gateway.capture.SourceOpener;
import dev.framewise.gateway.capture.VideoSources;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.gateway.outbox.StoreAndForward;
import dev.framewise.gateway.publish.KafkaRecordSink;
import dev.framewise.gateway.publish.RecordSink;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The outside world of a gateway.
 *
 * @param wallClock dates pictures and readings, and expires directives
 * @param nanoTicker a monotonic clock
 * @param sleeper lets a clip keep its pace
 * @param sources opens cameras
 * @param sinks connects to Kafka where there is no outbox
 * @param transports connects to Kafka for an outbox
 */
public record GatewayParts(
        Clock wallClock,
        LongSupplier nanoTicker,
        Pacer.Sleeper sleeper,
        SourceOpener sources,
        Function<KafkaSettings, RecordSink> sinks,
        Function<GatewayConfig, StoreAndForward.Transports> transports) {

    /** With the real Kafka behind an outbox. */
    public GatewayParts(
            Clock wallClock,
            LongSupplier nanoTicker,
            Pacer.Sleeper sleeper,
            SourceOpener sources,
            Function<KafkaSettings, RecordSink> sinks) {
        this(
                wallClock,
                nanoTicker,
                sleeper,
                sources,
                sinks,
                config -> StoreAndForward.kafka(config.kafka(), config.outbox().memoryBytes()));
    }

    /** The real clocks, FFmpeg and Kafka. */
    public static GatewayParts real() {
        return new GatewayParts(
                Clock.systemUTC(), System::nanoTime, Pacer.Sleeper.REAL, new VideoSources(), KafkaRecordSink::new);
    }
}
