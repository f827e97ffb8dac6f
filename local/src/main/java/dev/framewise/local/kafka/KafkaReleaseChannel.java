package dev.framewise.local.kafka;

import dev.framewise.schemas.ModelRelease;
import dev.framewise.toolkit.publish.ReleaseChannel;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Brings releases to the topic {@code models}. */
public final class KafkaReleaseChannel implements ReleaseChannel {
    @Override
    public void publish(String bootstrapServers, ModelRelease release) throws IOException, InterruptedException {
        try (ModelPublisher publisher = new ModelPublisher(bootstrapServers)) {
            publisher.publish(release);
        } catch (ExecutionException e) {
            throw new IOException(
                    bootstrapServers + ": the brokers did not take the release: "
                            + e.getCause().getMessage() + ". Check the address, and whether they are up.",
                    e);
        }
    }
}
