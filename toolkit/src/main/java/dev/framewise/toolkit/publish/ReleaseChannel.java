package dev.framewise.toolkit.publish;

import dev.framewise.schemas.ModelRelease;
import java.io.IOException;

/**
 * Takes releases to where jobs listen, for a module that may not speak its language. Found by {@link java.util.ServiceLoader}: name
 * the implementation in {@code META-INF/services/dev.framewise.toolkit.publish.ReleaseChannel}.
 */
@FunctionalInterface
public interface ReleaseChannel {
    /**
     * Returns when it is there.
     *
     * @param bootstrapServers host:port, separated by commas
     * @throws IOException if it cannot be brought there; the message says what to do
     */
    void publish(String bootstrapServers, ModelRelease release) throws IOException, InterruptedException;
}
