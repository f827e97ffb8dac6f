package dev.framewise.local.kafka;

import dev.framewise.schemas.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka node, broker and KRaft controller together, in this JVM, on free ports of 127.0.0.1. Durable in its directory:
 * a node started again on the same directory has its topics, on other ports.
 *
 * <p>Start and close on one thread; {@link #bootstrapServers()} may be read from any.
 */
public final class EmbeddedKafka implements AutoCloseable {
    /** A port found free may be taken by somebody else before the broker binds it. */
    private static final int START_ATTEMPTS = 3;

    private final KafkaRaftServer server;
    private final KafkaConfig config;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, KafkaConfig config, String bootstrapServers) {
        this.server = server;
        this.config = config;
        this.bootstrapServers = bootstrapServers;
    }

    /** The same node once more, with its topics and on its ports, after it was closed: the end of an outage. */
    public EmbeddedKafka again() {
        KafkaRaftServer next = new KafkaRaftServer(config, Time.SYSTEM);
        next.startup();
        return new EmbeddedKafka(next, config, bootstrapServers);
    }

    /**
     * Formats the directory if it is new and starts the node; returns when it takes requests (3 to 8 s on two slow cores).
     *
     * @param directory made if missing
     * @throws IOException if the directory cannot be written
     * @throws KafkaException if the node does not come up; the log says why
     */
    public static EmbeddedKafka start(Path directory) throws IOException {
        Files.createDirectories(directory);
        KafkaException first = null;
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            int[] ports = freePorts();
            KafkaConfig config =
                    KafkaConfig.fromProps(BrokerSettings.of(directory, ports[0], ports[1]), /* doLog= */ false);
            format(directory);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            try {
                server.startup();
                return new EmbeddedKafka(server, config, BrokerSettings.address(ports[0]));
            } catch (KafkaException e) {
                server.shutdown();
                server.awaitShutdown();
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    /** Address for clients, {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Creates every topic of {@link Topic} with its settings, one replica each.
     *
     * @param partitions of each topic, at least 1
     * @throws KafkaException if one exists already or the broker refuses
     */
    public void createTopics(int partitions) {
        Properties client = new Properties();
        client.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        List<NewTopic> topics = Arrays.stream(Topic.values())
                .map(topic -> new NewTopic(topic.topicName(), partitions, /* replicationFactor= */ (short) 1)
                        .configs(topic.config()))
                .toList();
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(topics).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new KafkaException("creating topics on " + bootstrapServers, e.getCause());
        }
    }

    /**
     * Deletes every record of a topic that is there now; offsets go on from where they are.
     *
     * @throws KafkaException if the topic is none of the broker's, or it refuses
     */
    public void empty(Topic topic) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (TopicPartitionInfo partition : admin.describeTopics(List.of(topic.topicName()))
                    .allTopicNames()
                    .get()
                    .get(topic.topicName())
                    .partitions()) {
                // -1 stands for the end
                all.put(
                        new TopicPartition(topic.topicName(), partition.partition()),
                        RecordsToDelete.beforeOffset(/* offset= */ -1));
            }
            admin.deleteRecords(all).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while emptying topic " + topic.topicName(), e);
        } catch (ExecutionException e) {
            throw new KafkaException("emptying topic " + topic.topicName() + " on " + bootstrapServers, e.getCause());
        }
    }

    /** Shuts the node down and waits for it; its directory stays. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.anyMatch(entry -> entry.endsWith("meta.properties"))) {
                return;
            }
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("formatting " + directory + " for Kafka", e);
        }
    }

    /** Two ports that were free a moment ago, one for the broker and one for the controller. */
    private static int[] freePorts() throws IOException {
        try (ServerSocket broker = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress());
                ServerSocket controller = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            return new int[] {broker.getLocalPort(), controller.getLocalPort()};
        }
    }
}
