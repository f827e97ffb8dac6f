package dev.framewise.gateway;

import dev.framewise.schemas.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real broker in this JVM with the topics of a gateway. */
final class TestingKafka implements AutoCloseable {
    private static final int NODE = 1;
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private final Map<String, String> settings;

    private TestingKafka(KafkaRaftServer server, Map<String, String> settings, String bootstrapServers) {
        this.server = server;
        this.settings = settings;
        this.bootstrapServers = bootstrapServers;
    }

    /** The same broker once more, with what it held, after it was closed. */
    TestingKafka again() {
        return again(Map.of());
    }

    /** The same broker once more with some settings changed. */
    TestingKafka again(Map<String, String> changed) {
        settings.putAll(changed);
        KafkaRaftServer next =
                new KafkaRaftServer(KafkaConfig.fromProps(toProperties(settings), /* doLog= */ false), Time.SYSTEM);
        next.startup();
        return new TestingKafka(next, settings, bootstrapServers);
    }

    /** Formats the directory, starts the broker and makes the topics, two partitions each. */
    static TestingKafka start(Path directory) throws Exception {
        return start(directory, Map.of(), List.of());
    }

    /**
     * The same with a second listener that asks who one is, {@link #secureServers}.
     *
     * @param secure further settings; those of that listener begin with {@code listener.name.secure.}
     * @param scram users as Kafka's own tool for formatting takes them
     */
    static TestingKafka start(Path directory, Map<String, String> secure, List<String> scram) throws Exception {
        int brokerPort = freePort();
        int controllerPort = freePort();
        String log = directory.resolve("log").toString();
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(log)
                    .setMetadataLogDirectory(log)
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setScramArguments(scram)
                    .run();
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        String listeners = "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort;
        settings.put("listeners", secure.isEmpty() ? listeners : listeners + ",SECURE://127.0.0.1:" + freePort());
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL");
        settings.putAll(secure);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("log.dirs", log);
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("auto.create.topics.enable", "false");
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(toProperties(settings), /* doLog= */ false), Time.SYSTEM);
        server.startup();
        TestingKafka kafka = new TestingKafka(server, settings, "127.0.0.1:" + brokerPort);
        kafka.createTopics(Topic.FRAMES, Topic.TELEMETRY, Topic.DIRECTIVES, Topic.CAPTURES, Topic.TRACKS);
        return kafka;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** The listener that speaks TLS and asks who one is. */
    String secureServers() {
        return settings.get("listeners").replaceFirst(".*SECURE://", "");
    }

    /** Gives a SCRAM user another password. */
    void setPassword(String user, String password) throws Exception {
        ScramCredentialInfo strength = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, /* iterations= */ 4096);
        try (Admin admin = Admin.create(client())) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, strength, password)))
                    .all()
                    .get();
        }
    }

    /** Whether a client with these properties is let in where one is asked who one is. */
    boolean letsIn(Map<String, String> properties) throws InterruptedException {
        Map<String, Object> client = new HashMap<>(properties);
        client.put("bootstrap.servers", secureServers());
        try (Admin admin = Admin.create(client)) {
            admin.describeCluster().nodes().get();
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Publishes one record and waits for it. */
    void publish(Topic topic, String key, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.topicName(), key, value)).get();
        }
    }

    /** Everything a topic holds of one key, in order. */
    List<ConsumerRecord<String, byte[]>> read(Topic topic, String key) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(client(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(partition -> new TopicPartition(topic.topicName(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(record -> {
                    if (key.equals(record.key())) {
                        records.add(record);
                    }
                });
            }
        }
        records.sort(Comparator.comparingLong(ConsumerRecord::offset));
        return records;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private void createTopics(Topic... topics) throws Exception {
        List<NewTopic> wanted = new ArrayList<>();
        for (Topic topic : topics) {
            wanted.add(new NewTopic(topic.topicName(), /* numPartitions= */ 2, /* replicationFactor= */ (short) 1)
                    .configs(topic.config()));
        }
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(wanted).all().get();
        }
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    private static Properties toProperties(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
