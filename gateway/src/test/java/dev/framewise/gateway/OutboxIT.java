package dev.framewise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.framewise.gateway.outbox.TestingReader;
import dev.framewise.schemas.CaptureWindow;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker that goes away and returns, and a gateway that is really killed, twice, while it is away. */
class OutboxIT {
    private static final RecordCodec<CaptureWindow> WINDOWS = new RecordCodec<>(CaptureWindow.class);

    @TempDir
    Path directory;

    @Test
    void everyNumberIsAccountedForThroughAnOutageAndTwoKills() throws Exception {
        Path state = Files.createDirectories(directory.resolve("state"));
        TestingKafka kafka = TestingKafka.start(directory.resolve("kafka"));
        try {
            try (TestingGatewayProcess first = TestingGatewayProcess.start(kafka.bootstrapServers(), state)) {
                TestingKafka running = kafka;
                await().atMost(Duration.ofSeconds(40))
                        .until(() -> running.read(Topic.FRAMES, "one").size() > 50);
                kafka.close();
                awaitRows(state, 1);
                first.kill();
            }
            try (TestingGatewayProcess second = TestingGatewayProcess.start(kafka.bootstrapServers(), state)) {
                awaitRows(state, 2);
                second.kill();
            }
            kafka = kafka.again();
            TestingKafka running = kafka;
            try (TestingGatewayProcess third = TestingGatewayProcess.start(kafka.bootstrapServers(), state)) {
                await().atMost(Duration.ofSeconds(40)).until(() -> closedRuns(running) == 4 && third.isAlive());
                third.stop();
            }
            TestingReader reader = new TestingReader();
            for (Topic topic : new Topic[] {Topic.FRAMES, Topic.CAPTURES}) {
                for (String camera : new String[] {"one", "two"}) {
                    for (ConsumerRecord<String, byte[]> record : kafka.read(topic, camera)) {
                        reader.read(topic, record.value());
                    }
                }
            }
            assertThat(reader.runs()).isEqualTo(6);
            reader.provesThatNothingIsMissing();
        } finally {
            kafka.close();
        }
    }

    /** Waits until the store has been written to by this many runs. */
    private static void awaitRows(Path state, int runs) {
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + state.resolve("outbox.db"));
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT COUNT(*) FROM (SELECT epoch FROM outbox WHERE topic = 'frames'"
                                    + " GROUP BY epoch HAVING COUNT(*) > 100)")) {
                return row.next() && row.getInt(1) >= runs;
            } catch (java.sql.SQLException e) {
                return false;
            }
        });
    }

    /** Runs of earlier processes whose closing window has arrived. */
    private static long closedRuns(TestingKafka kafka) throws Exception {
        long closed = 0;
        for (String camera : new String[] {"one", "two"}) {
            java.util.Set<Long> epochs = new java.util.HashSet<>();
            for (ConsumerRecord<String, byte[]> record : kafka.read(Topic.CAPTURES, camera)) {
                CaptureWindow window = WINDOWS.decode(record.value());
                if (window.getClosed()) {
                    epochs.add(window.getBootEpoch());
                }
            }
            closed += epochs.size();
        }
        return closed;
    }
}
