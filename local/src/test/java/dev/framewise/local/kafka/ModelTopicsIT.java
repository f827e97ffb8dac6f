package dev.framewise.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the toolkit takes from the topic frames and brings to the topic models. */
final class ModelTopicsIT {
    @TempDir
    Path directory;

    @Test
    void framesComeOutSpreadAndReleasesGoIn() throws Exception {
        Path frames = Files.createDirectory(directory.resolve("frames"));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            kafka.createTopics(/* partitions= */ 1);
            publish(kafka.bootstrapServers());
            KafkaFrameFeed feed = new KafkaFrameFeed();
            String address = "kafka://" + kafka.bootstrapServers();
            assertThat(feed.reads(address)).isTrue();
            assertThat(feed.fetch(address + "/door", 8, frames)).isEqualTo(8);
            List<Integer> kept = new ArrayList<>();
            try (Stream<Path> files = Files.list(frames)) {
                for (Path file : files.sorted().toList()) {
                    kept.add((int) Files.readAllBytes(file)[0]);
                }
            }
            // Of 30 with a picture: some early, some late, in order.
            assertThat(kept).hasSize(8).isSorted();
            assertThat(kept.get(0)).isLessThan(6);
            assertThat(kept.get(7)).isGreaterThan(22);

            ModelRelease release = ModelRelease.newBuilder()
                    .setModel("person")
                    .setVersion("2")
                    .setUri("file:///x.onnx")
                    .setSha256("0".repeat(64))
                    .setSizeBytes(1)
                    .setHead("yolox")
                    .setInputWidth(416)
                    .setInputHeight(416)
                    .setPrecision("int8")
                    .setRollout(1)
                    .build();
            new KafkaReleaseChannel().publish(kafka.bootstrapServers(), release);
            List<Object> read = new ArrayList<>();
            try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), List.of(Topic.MODELS))) {
                while (!reader.atEnd()) {
                    reader.poll(Duration.ofMillis(100), read::add);
                }
            }
            assertThat(read).containsExactly(release);
        }
    }

    @Test
    void aBrokerThatIsNotThereIsAnErrorInWords() throws Exception {
        assertThatThrownBy(() -> new KafkaFrameFeed().fetch("kafka://no-such-host.invalid:9092", 8, directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("frames cannot be read");
    }

    private static void publish(String bootstrapServers) throws Exception {
        RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 40; i++) {
                boolean hasPicture = i % 4 != 3;
                Frame frame = Frame.newBuilder()
                        .setDevice("device")
                        .setCamera("door")
                        .setBootEpoch(1)
                        .setSequence(i)
                        .setCapturedAtMicros(1_000_000L * i)
                        .setCodec(hasPicture ? "jpeg" : "none")
                        .setWidth(64)
                        .setHeight(64)
                        .setPayload(hasPicture ? ByteBuffer.wrap(new byte[] {(byte) i}) : null)
                        .setDisposition(hasPicture ? Disposition.SENT : Disposition.SKIPPED)
                        .build();
                producer.send(new ProducerRecord<>("frames", new byte[] {1}, codec.encode(frame)))
                        .get();
            }
        }
    }
}
