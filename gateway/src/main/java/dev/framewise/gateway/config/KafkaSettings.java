package dev.framewise.gateway.config;

import dev.framewise.gateway.GatewayException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties further properties of Kafka's clients, such as those of TLS; delivery guarantees cannot be weakened here
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> properties) {
    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    /** Without further properties. */
    public static KafkaSettings of(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, Map.of());
    }

    /**
     * What both producer and consumer are given. {@code ${file:PATH}} and {@code ${env:NAME}} in a value are replaced each time this
     * is called, so that a secret stands in no configuration file and a new one is found when the connection is made again.
     *
     * @throws GatewayException if such a file or variable is not there; the message names it, never what is in it
     */
    public Map<String, Object> clientProperties() {
        Map<String, Object> all = new HashMap<>();
        properties.forEach((key, value) -> all.put(key, Secrets.resolve("kafka.properties." + key, value)));
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }

    /** The files that its properties name: certificates, keys, secrets. */
    public Set<Path> files() {
        Set<Path> files = new TreeSet<>();
        properties.forEach((key, value) -> {
            files.addAll(Secrets.files(value));
            if (key.endsWith(".location") && !value.contains("${")) {
                files.add(Path.of(value));
            }
        });
        return files;
    }

    /** Without the properties' values, some of which may be secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", properties " + new TreeSet<>(properties.keySet()) + "]";
    }
}
