package dev.framewise.gateway.outbox;

import dev.framewise.schemas.Disposition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of the outbox. Everything that changes them happens between {@link #begin} and {@link #commit}: one transaction. Belongs
 * to one thread.
 */
final class OutboxStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxStore.class);
    private static final String ROW = "id, topic, key, epoch, sequence, micros, width, height, disposition, bytes";

    private final Connection connection;
    private long rows;
    private long bytes;
    private long rowsBefore;
    private long bytesBefore;

    private OutboxStore(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the store of a directory.
     *
     * @param spans is given the spans
     * @param waiting is given the numbers of the frames that wait
     */
    static OutboxStore open(Path directory, SpanSet spans, SpanSet waiting) throws SQLException {
        OutboxStore store = new OutboxStore(OutboxDatabase.open(directory));
        try {
            store.load(spans);
            store.loadWaiting(waiting);
            return store;
        } catch (SQLException e) {
            store.connection.close();
            throw e;
        }
    }

    private void load(SpanSet spans) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet result = statement.executeQuery("SELECT COUNT(*), TOTAL(bytes) FROM outbox")) {
                result.next();
                rows = result.getLong(1);
                bytes = (long) result.getDouble(2);
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM spans")) {
                while (row.next()) {
                    spans.load(new Span(
                            row.getString("camera"),
                            row.getLong("epoch"),
                            row.getLong("first"),
                            row.getLong("last"),
                            row.getLong("first_micros"),
                            row.getLong("last_micros"),
                            row.getInt("width"),
                            row.getInt("height")));
                }
            }
        }
    }

    private void loadWaiting(SpanSet waiting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT key, epoch, sequence FROM outbox WHERE topic = 'frames' ORDER BY key, epoch, sequence")) {
            while (row.next()) {
                long sequence = row.getLong(3);
                waiting.add(new Span(row.getString(1), row.getLong(2), sequence, sequence, 0, 0, 0, 0));
            }
        }
    }

    /** Records that wait. */
    long rows() {
        return rows;
    }

    /** Bytes that they take, roughly. */
    long bytes() {
        return bytes;
    }

    /** Bytes of the file that hold nothing and are filled before it grows. */
    long reusableBytes() throws SQLException {
        return pragma("freelist_count") * pragma("page_size");
    }

    private long pragma(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    void begin() throws SQLException {
        rowsBefore = rows;
        bytesBefore = bytes;
        execute("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        execute("COMMIT");
    }

    /** Undoes everything since {@link #begin}. */
    void rollback() {
        rows = rowsBefore;
        bytes = bytesBefore;
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // after some failures, such as a full disk, SQLite has done it already
            LOG.debug("nothing to roll back", e);
        }
    }

    /** Adds a record; one that is in already stays in once. */
    void add(Waiting waiting, long ageMillis) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT OR IGNORE INTO outbox(topic, key, epoch, sequence, micros, width, height, disposition, worth, bytes,"
                        + " stored, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            var frame = waiting.record().frame();
            insert.setString(1, waiting.record().topic().topicName());
            insert.setString(2, waiting.record().key());
            insert.setLong(3, waiting.epoch());
            insert.setLong(4, waiting.sequence());
            insert.setLong(5, waiting.micros());
            insert.setInt(6, frame == null ? 0 : frame.width());
            insert.setInt(7, frame == null ? 0 : frame.height());
            insert.setInt(8, frame == null ? Codes.NO_FRAME : Codes.of(frame.disposition()));
            insert.setInt(9, waiting.worth().code());
            insert.setLong(10, waiting.bytes());
            insert.setLong(11, ageMillis);
            insert.setBytes(12, waiting.record().value());
            if (insert.executeUpdate() > 0) {
                rows++;
                bytes += waiting.bytes();
            }
        }
    }

    /** Removes rows. */
    void remove(Collection<Stored> stored) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM outbox WHERE id = ?")) {
            for (Stored row : stored) {
                delete.setLong(1, row.id());
                if (delete.executeUpdate() > 0) {
                    rows--;
                    bytes -= row.bytes();
                }
            }
        }
    }

    /** The oldest records of all cameras, oldest first. */
    List<Stored> oldest(int limit) throws SQLException {
        return select("ORDER BY epoch, micros, id LIMIT ?", limit);
    }

    /** The least of a worth to lose: its oldest records. */
    List<Stored> least(Worth worth, int limit) throws SQLException {
        return select("WHERE worth = ? ORDER BY worth, epoch, micros LIMIT ?", worth.code(), limit);
    }

    /** Records stored before an age. */
    List<Stored> storedBefore(long ageMillis, int limit) throws SQLException {
        List<Stored> first = select("ORDER BY id LIMIT ?", 1);
        if (first.isEmpty() || storedAt(first.get(0).id()) >= ageMillis) {
            return List.of();
        }
        return select("WHERE stored < ? ORDER BY id LIMIT ?", ageMillis, limit);
    }

    /** A row's record; null where the row is gone. */
    byte[] record(long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT record FROM outbox WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    /** Frames of a camera's run that wait, by what was done with them. */
    Map<Disposition, Long> waiting(Journals.Key key) throws SQLException {
        return counts(
                "SELECT disposition, COUNT(*) FROM outbox WHERE key = ? AND epoch = ? AND topic = 'frames' GROUP BY disposition",
                key);
    }

    /** Frames of a camera's run that Kafka has taken out of the store. */
    Map<Disposition, Long> replayed(Journals.Key key) throws SQLException {
        return counts("SELECT disposition, frames FROM replayed WHERE camera = ? AND epoch = ?", key);
    }

    void addReplayed(Journals.Key key, Disposition disposition, long frames) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(
                "INSERT INTO replayed VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET frames = frames + excluded.frames")) {
            add.setString(1, key.camera());
            add.setLong(2, key.bootEpoch());
            add.setInt(3, Codes.of(disposition));
            add.setLong(4, frames);
            add.executeUpdate();
        }
    }

    /** Forgets the counts of a camera's run. */
    void forget(Journals.Key key) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM replayed WHERE camera = ? AND epoch = ?")) {
            delete.setString(1, key.camera());
            delete.setLong(2, key.bootEpoch());
            delete.executeUpdate();
        }
    }

    /** Pictures of a camera, or of all where it is null, captured from a time on are near an event. */
    void markNearEvent(String camera, long fromMicros) throws SQLException {
        try (PreparedStatement mark = connection.prepareStatement("UPDATE outbox SET worth = " + Worth.NEAR_EVENT.code()
                + " WHERE worth = " + Worth.PICTURE.code() + " AND micros >= ? AND (? IS NULL OR key = ?)")) {
            mark.setLong(1, fromMicros);
            mark.setString(2, camera);
            mark.setString(3, camera);
            mark.executeUpdate();
        }
    }

    /** Writes what the disk does not know of the spans yet. */
    void save(SpanSet spans) throws SQLException {
        try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM spans WHERE camera = ? AND epoch = ? AND first = ?");
                PreparedStatement put =
                        connection.prepareStatement("INSERT OR REPLACE INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Map.Entry<SpanSet.Start, Span> change : spans.unsaved().entrySet()) {
                Span span = change.getValue();
                PreparedStatement statement = span == null ? delete : put;
                statement.setString(1, change.getKey().key().camera());
                statement.setLong(2, change.getKey().key().bootEpoch());
                statement.setLong(3, change.getKey().first());
                if (span != null) {
                    put.setLong(4, span.last());
                    put.setLong(5, span.firstMicros());
                    put.setLong(6, span.lastMicros());
                    put.setInt(7, span.width());
                    put.setInt(8, span.height());
                }
                statement.executeUpdate();
            }
        }
    }

    /** Milliseconds that gateways have run on this store. */
    long ageMillis() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT millis FROM age")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    void setAgeMillis(long millis) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("UPDATE age SET millis = ?")) {
            set.setLong(1, millis);
            set.executeUpdate();
        }
    }

    /** Adds lines of the device's own log, and forgets those that were stored before an age. */
    void log(List<LogLine> lines, long ageMillis, long keepFromMillis) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO log(stored, micros, kind, camera, text, record) VALUES (?, ?, ?, ?, ?, ?)");
                PreparedStatement forget = connection.prepareStatement(
                        "DELETE FROM log WHERE id IN (SELECT id FROM (SELECT id, stored FROM log ORDER BY id LIMIT 1000)"
                                + " WHERE stored < ?)")) {
            for (LogLine line : lines) {
                insert.setLong(1, ageMillis);
                insert.setLong(2, line.micros());
                insert.setString(3, line.kind());
                insert.setString(4, line.camera());
                insert.setString(5, line.text());
                insert.setBytes(6, line.record());
                insert.executeUpdate();
            }
            forget.setLong(1, keepFromMillis);
            forget.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** For a test of a full disk: pages that the file may have at most. */
    void limitPages(long pages) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + pages);
        }
    }

    /** For tests in which no power fails. */
    void doNotSync() throws SQLException {
        execute("PRAGMA synchronous = OFF");
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private long storedAt(long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT stored FROM outbox WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : Long.MAX_VALUE;
            }
        }
    }

    private List<Stored> select(String which, long... arguments) throws SQLException {
        List<Stored> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + ROW + " FROM outbox " + which)) {
            for (int i = 0; i < arguments.length; i++) {
                select.setLong(i + 1, arguments[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(Stored.of(row));
                }
            }
        }
        return found;
    }

    private Map<Disposition, Long> counts(String query, Journals.Key key) throws SQLException {
        Map<Disposition, Long> counts = new EnumMap<>(Disposition.class);
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, key.camera());
            select.setLong(2, key.bootEpoch());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(Codes.disposition(row.getInt(1)), row.getLong(2));
                }
            }
        }
        return counts;
    }
}
