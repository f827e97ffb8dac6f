package dev.framewise.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.framewise.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker, its topics, the largest record and a transaction; then the same directory again. */
final class EmbeddedKafkaIT {
    @TempDir
    Path directory;

    @Test
    void takesTheLargestRecordAndHidesWhatWasAborted() throws Exception {
        byte[] largest = new byte[Topic.MAX_RECORD_BYTES - 1024];
        new Random(7).nextBytes(largest);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            kafka.createTopics(/* partitions= */ 2);
            try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("frames", new byte[] {1}, largest))
                        .get();
                producer.commitTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("frames", new byte[] {1}, new byte[] {66}))
                        .get();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("frames", new byte[] {1}, new byte[] {67}))
                        .get();
                producer.commitTransaction();
            }
            List<byte[]> values = read(kafka, "frames", /* atLeast= */ 2);
            assertThat(values).hasSize(2);
            assertThat(values.get(0)).isEqualTo(largest);
            assertThat(values.get(1)).containsExactly(67);
        }
        try (EmbeddedKafka again = EmbeddedKafka.start(directory)) {
            assertThat(read(again, "frames", /* atLeast= */ 2)).hasSize(2);
        }
    }

    @Test
    void anEmptiedTopicTakesNewRecordsOnly() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            kafka.createTopics(/* partitions= */ 2);
            send(kafka, 1, 2, 3);
            assertThat(read(kafka, "frames", /* atLeast= */ 3)).hasSize(3);

            kafka.empty(Topic.FRAMES);
            send(kafka, 4);

            assertThat(read(kafka, "frames", /* atLeast= */ 1)).singleElement().isEqualTo(new byte[] {4});
        }
    }

    private static void send(EmbeddedKafka kafka, int... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int value : values) {
                producer.send(new ProducerRecord<>("frames", new byte[] {(byte) value}, new byte[] {(byte) value}))
                        .get();
            }
            producer.commitTransaction();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "transactional.id",
                        "embedded-kafka-it",
                        "max.request.size",
                        Topic.MAX_RECORD_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<byte[]> read(EmbeddedKafka kafka, String topic, int atLeast) {
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "group.id", "embedded-kafka-it",
                        "enable.auto.commit", false,
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
                return values.size() >= atLeast;
            });
        }
        return values;
    }
}
