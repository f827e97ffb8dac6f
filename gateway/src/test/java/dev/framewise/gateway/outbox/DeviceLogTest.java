package dev.framewise.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.publish.OutRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the device keeps of itself, beside what it sends. */
class DeviceLogTest {
    @TempDir
    Path directory;

    private final TestingClock time = new TestingClock();
    private final List<OutRecord> arrived = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theDevicesOwnLogIsKeptForItsDaysWhetherOrNotKafkaIsThere() throws Exception {
        TestingGateway gateway = gateway();
        for (int day = 1; day <= 20; day++) {
            gateway.events.event(EventLog.Kind.CAMERA_LOST, "gate", "day " + day);
            gateway.events.telemetry(time.micros(), new byte[] {(byte) day});
            gateway.run(Duration.ofSeconds(2));
            time.advance(Duration.ofDays(1));
        }
        gateway.outbox.close();

        List<String> kept = log("text");
        assertThat(kept).contains("day 20", "day 14").doesNotContain("day 1", "day 12");
        assertThat(log("record"))
                .filteredOn(record -> record != null)
                .hasSameSizeAs(kept.stream()
                        .filter(text -> text != null && text.startsWith("day "))
                        .toList());
    }

    @Test
    void whatTheDevicesLogHadToForgetIsALine() {
        EventLog log = new EventLog(time::micros);
        for (int i = 0; i < EventLog.MAX_LINES + 5; i++) {
            log.note(EventLog.Kind.TRACK_STARTED, "gate", "track " + i);
        }
        List<LogLine> lines = log.takeLines();
        log.putBack(lines, List.of());
        List<LogLine> again = log.takeLines();

        assertThat(lines).hasSize(EventLog.MAX_LINES + 1);
        assertThat(lines.get(0).text()).startsWith("5 lines before this one");
        assertThat(lines.get(1).text()).isEqualTo("track 5");
        assertThat(again.get(again.size() - 1).text()).isEqualTo("track " + (EventLog.MAX_LINES + 4));
    }

    private List<String> log(String column) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("outbox.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + column + " FROM log ORDER BY id")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private TestingGateway gateway() {
        return new TestingGateway(directory, time, arrived, OutboxSettings.defaults(), "gate", "yard");
    }
}
