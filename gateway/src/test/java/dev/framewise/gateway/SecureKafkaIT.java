package dev.framewise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.framewise.gateway.capture.TestingClip;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.gateway.outbox.OutboxSettings;
import dev.framewise.gateway.outbox.TestingReader;
import dev.framewise.gateway.publish.KafkaTransport;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A real broker that speaks TLS and asks who one is. */
class SecureKafkaIT {
    private static final String SCRAM_SECRET = "scram-secret-31";
    private static final String PLAIN_SECRET = "plain-secret-62";
    private static final String FIRST_SECRET = "first-secret-17";
    private static final String SECOND_SECRET = "second-secret-28";
    private static final String CHANGED = "a certificate or secret of Kafka's has changed";
    private static final long SPEED = 20;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static TestingCertificate certificate;
    private static TestingKafka kafka;
    private static Path authority;
    private static Path secret;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestingCertificate.make(directory.resolve("one.p12"));
        authority = Files.writeString(directory.resolve("ca.pem"), certificate.pem());
        secret = Files.writeString(directory.resolve("secret"), SCRAM_SECRET + "\n");
        Map<String, String> secure = new HashMap<>(keystore(certificate));
        String listener = "listener.name.secure.";
        secure.put(listener + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
        secure.put(
                listener + "scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        secure.put(
                listener + "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_plain=\"" + PLAIN_SECRET
                        + "\";");
        kafka = TestingKafka.start(
                directory.resolve("kafka"),
                secure,
                List.of(
                        "SCRAM-SHA-512=[name=scram,password=" + SCRAM_SECRET + "]",
                        "SCRAM-SHA-512=[name=rotating,password=" + FIRST_SECRET + "]"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** The broker is one for all tests: one of them gives it another certificate for a while. */
    private static void restartWith(TestingCertificate other) throws Exception {
        kafka.close();
        kafka = kafka.again(keystore(other));
    }

    @Test
    void scramWithASecretFromAFileArrivesAndIsInNoLog() throws Exception {
        try (TestingLog log = new TestingLog()) {
            assertThat(captureAndRead(scram("${file:" + secret + "}"), "scram")).isEqualTo(20);
            assertThat(log.lines())
                    .as("the log is really listened to")
                    .anyMatch(line -> line.contains("ProducerConfig values"))
                    .noneMatch(line -> line.contains(SCRAM_SECRET));
        }
    }

    @Test
    void plainArrives() throws Exception {
        assertThat(captureAndRead(sasl("PLAIN", "plain.PlainLoginModule", "plain", PLAIN_SECRET), "plain"))
                .isEqualTo(20);
    }

    @Test
    void aWrongSecretIsToldWithoutShowingIt() throws Exception {
        Path file =
                Files.writeString(directory.resolve("gateway.yaml"), """
                device: wrong
                kafka:
                  bootstrap: "%s"
                  properties:
                    security.protocol: SASL_SSL
                    sasl.mechanism: SCRAM-SHA-512
                    sasl.jaas.config: org.apache.kafka.common.security.scram.ScramLoginModule required username="scram" password="guessed-93";
                    ssl.truststore.type: PEM
                    ssl.truststore.location: %s
                cameras: [{name: c, source: "test:64x48@5"}]
                """.formatted(kafka.secureServers(), authority));
        StringWriter out = new StringWriter();
        try (TestingLog log = new TestingLog()) {
            assertThat(new CommandLine(new GatewayCommand())
                            .setOut(new PrintWriter(out))
                            .execute("--config", file.toString(), "--check"))
                    .isEqualTo(1);
            assertThat(log.lines()).noneMatch(line -> line.contains("guessed-93"));
        }
        assertThat(out.toString())
                .contains("-> check user and password, and sasl.mechanism")
                .doesNotContain("guessed-93");
    }

    @Test
    void aCertificateThatChangesIsTakenUpWithoutARestartAndNothingIsLost() throws Exception {
        GatewayParts real = GatewayParts.real();
        // the gateway's own waits pass faster; Kafka's clients have their own clock
        LongSupplier fast = () -> SPEED * System.nanoTime();
        GatewayParts parts = new GatewayParts(
                real.wallClock(),
                fast,
                nanos -> TimeUnit.NANOSECONDS.sleep(nanos / SPEED),
                (address, quality) -> new TestingSource(Integer.MAX_VALUE, /* failAt= */ -1, /* framesPerSecond= */ 1),
                real.sinks(),
                gateway -> (name, onReady) -> new KafkaTransport(
                        gateway.kafka(), name, gateway.outbox().memoryBytes(), onReady, KafkaTransport.Patience.SHORT));
        GatewayConfig config = GatewayConfig.of(
                        "board-turned", kafka.secureServers(), List.of(CameraSettings.of("turned", "a")))
                .withKafka(new KafkaSettings(kafka.secureServers(), scram("${file:" + secret + "}")))
                .withOutbox(directory.resolve("state"), OutboxSettings.defaults());
        TestingReader reader = new TestingReader();
        try (TestingLog log = new TestingLog();
                Gateway gateway = new Gateway(config, parts)) {
            gateway.start();
            await().atMost(SOON).until(() -> arrived("turned") > 20);

            TestingCertificate next = TestingCertificate.make(directory.resolve("two.p12"));
            restartWith(next);
            // the broker is another one now, for all that the gateway knows
            await().atMost(SOON).until(() -> gateway.stats().outbox().records() > 20);
            assertThat(log.lines()).noneMatch(line -> line.contains(CHANGED));
            long before = arrived("turned");

            Files.writeString(authority, next.pem());
            await().atMost(SOON).until(() -> arrived("turned") > before + 20);
            assertThat(log.lines()).filteredOn(line -> line.contains(CHANGED)).hasSize(1);
            await().atMost(SOON).until(() -> gateway.stats().outbox().records() == 0);
        }
        for (Topic topic : List.of(Topic.FRAMES, Topic.CAPTURES)) {
            for (var record : kafka.read(topic, "turned")) {
                reader.read(topic, record.value());
            }
        }
        assertThat(reader.runs()).isEqualTo(1);
        reader.provesThatNothingIsMissing();
        restartWith(certificate);
        Files.writeString(authority, certificate.pem());
    }

    /** The first secret is no good any more, so a connection that is made anew is made with the second. */
    @Test
    void withoutADirectoryASecretThatChangesIsTakenUpTooAndTheOrderIsKept() throws Exception {
        Path rotating = Files.writeString(directory.resolve("rotating"), FIRST_SECRET);
        GatewayParts real = GatewayParts.real();
        GatewayParts parts = new GatewayParts(
                real.wallClock(),
                () -> SPEED * System.nanoTime(),
                nanos -> TimeUnit.NANOSECONDS.sleep(nanos / SPEED),
                (address, quality) -> new TestingSource(Integer.MAX_VALUE, /* failAt= */ -1, /* framesPerSecond= */ 1),
                real.sinks());
        GatewayConfig config = GatewayConfig.of(
                        "board-rotating", kafka.secureServers(), List.of(CameraSettings.of("rotating", "a")))
                .withKafka(new KafkaSettings(
                        kafka.secureServers(),
                        sasl("SCRAM-SHA-512", "scram.ScramLoginModule", "rotating", "${file:" + rotating + "}")));
        try (TestingLog log = new TestingLog();
                Gateway gateway = new Gateway(config, parts)) {
            gateway.start();
            await().atMost(SOON).until(() -> arrived("rotating") > 20);
            kafka.setPassword("rotating", SECOND_SECRET);
            await().atMost(SOON)
                    .until(() ->
                            kafka.letsIn(sasl("SCRAM-SHA-512", "scram.ScramLoginModule", "rotating", SECOND_SECRET)));
            long connections = producers(log);

            Files.writeString(rotating, SECOND_SECRET);
            await().atMost(SOON).until(() -> producers(log) > connections);
            long before = arrived("rotating");
            await().atMost(SOON).until(() -> arrived("rotating") > before + 20);
            assertThat(log.lines()).filteredOn(line -> line.contains(CHANGED)).hasSize(1);
        }
        List<Long> sequences = new ArrayList<>();
        for (var record : kafka.read(Topic.FRAMES, "rotating")) {
            sequences.add(new RecordCodec<>(Frame.class).decode(record.value()).getSequence());
        }
        assertThat(sequences)
                .containsExactlyElementsOf(
                        LongStream.range(0, sequences.size()).boxed().toList());
    }

    /** Each says its settings when it is made. */
    private static long producers(TestingLog log) {
        return log.lines().stream()
                .filter(line -> line.contains("ProducerConfig values"))
                .count();
    }

    private long arrived(String camera) {
        return kafka.read(Topic.FRAMES, camera).size();
    }

    private long captureAndRead(Map<String, String> properties, String camera) throws Exception {
        Path clip = TestingClip.mjpeg(directory.resolve(camera + ".avi"), /* frames= */ 20);
        GatewayConfig config = GatewayConfig.of(
                        "board-" + camera,
                        kafka.secureServers(),
                        List.of(CameraSettings.of(camera, clip.toString()).withPace(CameraSettings.Pace.FAST)))
                .withKafka(new KafkaSettings(kafka.secureServers(), properties));
        try (Gateway gateway = new Gateway(config)) {
            gateway.start();
            gateway.awaitEnd();
        }
        return arrived(camera);
    }

    private Map<String, String> scram(String password) {
        return sasl("SCRAM-SHA-512", "scram.ScramLoginModule", "scram", password);
    }

    private Map<String, String> sasl(String mechanism, String module, String user, String password) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module + " required username=\"" + user + "\" password=\""
                        + password + "\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority.toString());
    }

    private static Map<String, String> keystore(TestingCertificate certificate) {
        return Map.of(
                "listener.name.secure.ssl.keystore.type",
                "PKCS12",
                "listener.name.secure.ssl.keystore.location",
                certificate.keystore().toString(),
                "listener.name.secure.ssl.keystore.password",
                TestingCertificate.PASSWORD);
    }
}
