package dev.framewise.gateway.outbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file {@code outbox.db}. Write-ahead log and a sync for each transaction, so that what was committed survives a power cut;
 * there is at most one transaction a second.
 */
final class OutboxDatabase {
    static final String FILE = "outbox.db";

    private static final Logger LOG = LoggerFactory.getLogger(OutboxDatabase.class);
    /** Of the tables below; older ones would be migrated here, a newer one is set aside. */
    private static final int VERSION = 1;

    private static final String[] TABLES = {
        "CREATE TABLE outbox(id INTEGER PRIMARY KEY, topic TEXT NOT NULL, key TEXT NOT NULL, epoch INTEGER NOT NULL,"
                + " sequence INTEGER NOT NULL, micros INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,"
                + " disposition INTEGER NOT NULL, worth INTEGER NOT NULL, bytes INTEGER NOT NULL, stored INTEGER NOT NULL,"
                + " record BLOB NOT NULL)",
        "CREATE UNIQUE INDEX outbox_once ON outbox(key, epoch, sequence, topic)",
        "CREATE INDEX outbox_oldest ON outbox(epoch, micros)",
        "CREATE INDEX outbox_least ON outbox(worth, epoch, micros)",
        "CREATE TABLE spans(camera TEXT NOT NULL, epoch INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
                + " first_micros INTEGER NOT NULL, last_micros INTEGER NOT NULL, width INTEGER NOT NULL,"
                + " height INTEGER NOT NULL, PRIMARY KEY(camera, epoch, first)) WITHOUT ROWID",
        "CREATE TABLE replayed(camera TEXT NOT NULL, epoch INTEGER NOT NULL, disposition INTEGER NOT NULL,"
                + " frames INTEGER NOT NULL, PRIMARY KEY(camera, epoch, disposition)) WITHOUT ROWID",
        "CREATE TABLE log(id INTEGER PRIMARY KEY, stored INTEGER NOT NULL, micros INTEGER NOT NULL, kind TEXT NOT NULL,"
                + " camera TEXT, text TEXT, record BLOB)",
        "CREATE TABLE age(id INTEGER PRIMARY KEY CHECK (id = 1), millis INTEGER NOT NULL)",
        "INSERT INTO age VALUES (1, 0)",
    };

    private OutboxDatabase() {}

    /** Opens it, and makes it where there is none. */
    static Connection open(Path directory) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(FILE));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA temp_store = MEMORY");
            // one megabyte: rows are written once and read once
            statement.execute("PRAGMA cache_size = -1024");
            statement.execute("PRAGMA journal_size_limit = 16777216");
            int version = version(statement);
            if (version > VERSION) {
                throw new SQLException(FILE + " is of version " + version + ", this gateway writes " + VERSION);
            }
            if (version == 0) {
                statement.execute("BEGIN");
                for (String table : TABLES) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version = " + VERSION);
                statement.execute("COMMIT");
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether a failure means that the file is no good, rather than that the disk is full or slow. */
    static boolean isCorrupt(SQLException failure) {
        if (failure instanceof SQLiteException sqlite) {
            int code = sqlite.getResultCode().code & 0xff;
            return code == SQLiteErrorCode.SQLITE_CORRUPT.code
                    || code == SQLiteErrorCode.SQLITE_NOTADB.code
                    || (code == SQLiteErrorCode.SQLITE_ERROR.code
                            && sqlite.getMessage().contains("no such"));
        }
        // an unknown version, or a table that is not there
        return failure.getMessage() != null && failure.getMessage().contains(FILE);
    }

    /** Puts the file and its log aside under another name, for people to look at; one that was put aside before makes room for it. */
    static Path setAside(Path directory, long nowMillis) throws IOException {
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(directory, FILE + ".corrupt-*")) {
            for (Path file : earlier) {
                Files.delete(file);
            }
        }
        Path aside = directory.resolve(FILE + ".corrupt-" + nowMillis);
        Files.move(directory.resolve(FILE), aside);
        for (String part : new String[] {"-wal", "-shm"}) {
            Path file = directory.resolve(FILE + part);
            if (Files.exists(file)) {
                Files.move(file, aside.resolveSibling(aside.getFileName() + part));
            }
        }
        LOG.error("{} is corrupt and was set aside as {}", directory.resolve(FILE), aside);
        return aside;
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            return result.next() ? result.getInt(1) : 0;
        }
    }
}
