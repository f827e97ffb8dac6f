package dev.framewise.jobs;

import dev.framewise.operators.frame.DirectiveDeserializer;
import dev.framewise.operators.frame.FrameDeserializer;
import dev.framewise.operators.frame.FrameRecord;
import dev.framewise.operators.frame.Steering;
import dev.framewise.operators.model.ModelRecord;
import dev.framewise.operators.model.ModelRecordDeserializer;
import dev.framewise.operators.source.LiveWatermarks;
import dev.framewise.operators.source.RecordDeserializer;
import dev.framewise.schemas.Topic;
import java.io.Serializable;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Kafka sources of a job and how event time is read from their records. */
final class KafkaSources {
    /**
     * How far a record may say it is ahead of the broker's clock. A camera whose clock is a year fast would else drag the
     * watermark of its partition along and make every other camera late.
     */
    private static final Duration MOST_AHEAD = Duration.ofSeconds(10);

    /**
     * What one answer of the broker brings at most, bytes: a hundred frames. Kafka's own bound, 50 MB, is six times what a
     * subtask needs to stay busy, and a backlog would keep all of it on the heap, to be copied by every collection.
     */
    private static final int MAX_FETCH_BYTES = 8 << 20;
    /** Records that the reader hands on at once; Flink keeps up to three such hands full per subtask. */
    private static final int MAX_POLL_RECORDS = 50;

    private KafkaSources() {}

    /** The topic frames; unreadable records come as records that say so. */
    static KafkaSource<FrameRecord> frames(KafkaOptions<?> options) {
        return source(options, Topic.FRAMES, new FrameDeserializer());
    }

    /** The topic models, always whole: what is in force follows from all that was said. */
    static KafkaSource<ModelRecord> models(KafkaOptions<?> options) {
        return source(options, Topic.MODELS, new ModelRecordDeserializer(), OffsetsInitializer.earliest());
    }

    /** The topic directives, always whole: each board's newest is in force until it expires. */
    static KafkaSource<Steering> directives(KafkaOptions<?> options) {
        return source(options, Topic.DIRECTIVES, new DirectiveDeserializer(), OffsetsInitializer.earliest());
    }

    /** A topic of plain records; unreadable ones are counted, logged and left out. */
    static <T extends SpecificRecordBase> KafkaSource<T> records(KafkaOptions<?> options, Topic topic, Class<T> type) {
        return source(options, topic, new RecordDeserializer<>(type));
    }

    /** Event time is what the record says, but never far ahead of what the broker says. */
    static <T> WatermarkStrategy<T> eventTime(KafkaOptions<?> options, MicrosOf<T> micros) {
        Duration outOfOrderness = options.outOfOrderness();
        Duration idleness = options.idleness();
        return WatermarkStrategy.<T>forGenerator(
                        context -> new LiveWatermarks<>(outOfOrderness, idleness, context.getInputActivityClock()))
                .withTimestampAssigner((record, brokerMillis) -> {
                    long millis = Math.floorDiv(micros.of(record), 1_000L);
                    return brokerMillis < 0 ? millis : Math.min(millis, brokerMillis + MOST_AHEAD.toMillis());
                });
    }

    /** Reads a record's event time, microseconds since 1970. */
    interface MicrosOf<T> extends Serializable {
        long of(T record);
    }

    @SuppressWarnings("deprecation") // Flink's connector asks for the enum that the Kafka client has deprecated.
    private static <T> KafkaSource<T> source(
            KafkaOptions<?> options, Topic topic, KafkaRecordDeserializationSchema<T> deserializer) {
        return source(
                options,
                topic,
                deserializer,
                switch (options.start()) {
                    case COMMITTED ->
                        OffsetsInitializer.committedOffsets(
                                org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST);
                    case EARLIEST -> OffsetsInitializer.earliest();
                    case LATEST -> OffsetsInitializer.latest();
                });
    }

    private static <T> KafkaSource<T> source(
            KafkaOptions<?> options,
            Topic topic,
            KafkaRecordDeserializationSchema<T> deserializer,
            OffsetsInitializer start) {
        var builder = KafkaSource.<T>builder()
                .setBootstrapServers(options.bootstrapServers())
                .setGroupId(options.name())
                .setTopics(topic.topicName())
                .setDeserializer(deserializer)
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setProperty(
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(2 * Topic.MAX_RECORD_BYTES))
                .setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(MAX_FETCH_BYTES))
                .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MAX_POLL_RECORDS))
                .setStartingOffsets(start);
        if (options.bounded()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }
}
