package dev.framewise.local.kafka;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes releases into the topic {@code models}. One thread. */
public final class ModelPublisher implements AutoCloseable {
    private final RecordCodec<ModelRelease> codec = new RecordCodec<>(ModelRelease.class);
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param bootstrapServers host:port, comma separated */
    public ModelPublisher(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Returns when the brokers have it.
     *
     * @throws ExecutionException if they refuse it
     */
    public void publish(ModelRelease release) throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(
                        Topic.MODELS.topicName(),
                        release.getModel().getBytes(StandardCharsets.UTF_8),
                        codec.encode(release)))
                .get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
