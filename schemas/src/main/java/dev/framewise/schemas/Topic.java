package dev.framewise.schemas;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The topics of Framewise: name, key, record and how Kafka should keep them. */
public enum Topic {
    /** Captured frames; key: camera. */
    FRAMES("frames", Frame.class, Duration.ofHours(24)),
    /** Sensor readings; key: device. */
    TELEMETRY("telemetry", Telemetry.class, Duration.ofDays(7)),
    /** Tracked boxes per frame; key: camera. */
    TRACKS("tracks", TrackRow.class, Duration.ofDays(7)),
    /** Cost of each frame; key: device. */
    SAMPLES("samples", InferenceSample.class, Duration.ofHours(24)),
    /** Newest directive per device; key: device. Compacted. */
    DIRECTIVES("directives", Directive.class, null),
    /** Windowed figures; key: device|model|precision. */
    BENCHMARKS("benchmarks", BenchmarkRow.class, Duration.ofDays(30)),
    /** Fates per camera and window; key: camera. */
    LEDGER("ledger", LedgerWindow.class, Duration.ofDays(30)),
    /** The ledger at its source: what a gateway did with its pictures; key: camera. */
    CAPTURES("captures", CaptureWindow.class, Duration.ofDays(30)),
    /** Newest release per model; key: model. Compacted. */
    MODELS("models", ModelRelease.class, null),
    /** Unusable records, whole, with the reason; key: the source record's. */
    DEAD_LETTERS("dead-letters", DeadLetter.class, Duration.ofDays(90));

    private final String topicName;
    private final Class<? extends SpecificRecord> record;
    private final Duration retention;

    Topic(String topicName, Class<? extends SpecificRecord> record, Duration retention) {
        this.topicName = topicName;
        this.record = record;
        this.retention = retention;
    }

    /** The name in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** The class of its values. */
    public Class<? extends SpecificRecord> record() {
        return record;
    }

    /**
     * Settings for Kafka's admin client: retention or compaction, and room for one large frame, in the dead letters with its
     * reason. The broker stamps the
     * records of the topics that forget: retention counts from arrival, so a backlog of days is not deleted as it comes in,
     * and a camera with a wrong clock cannot drag event time along.
     */
    public Map<String, String> config() {
        return retention == null
                ? Map.of("cleanup.policy", "compact")
                : Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(retention.toMillis()),
                        "message.timestamp.type",
                        "LogAppendTime",
                        "max.message.bytes",
                        Integer.toString(this == DEAD_LETTERS ? 2 * MAX_RECORD_BYTES : MAX_RECORD_BYTES));
    }

    /** The largest record a topic takes, bytes; frames of more are refused by the gateway. */
    public static final int MAX_RECORD_BYTES = 8 << 20;
}
