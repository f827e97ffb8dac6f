package dev.framewise.e2e.benchmark;

import dev.framewise.e2e.storage.S3Server;
import dev.framewise.schemas.BenchmarkRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What a data team sees: the Parquet files of an S3 address, fetched anew for each question and asked by SQL. */
final class ParquetRows {
    private static final List<Schema.Field> FIELDS =
            BenchmarkRow.getClassSchema().getFields();

    private final String uri;
    private final Path scratch;

    /**
     * @param scratch a directory for copies of the files
     */
    ParquetRows(String uri, Path scratch) {
        this.uri = uri;
        this.scratch = scratch;
    }

    /** Every row by window and device, its values in the order of the schema, in the form of {@link #values}. */
    List<List<Object>> all() throws IOException, SQLException {
        return query(FIELDS.stream().map(Schema.Field::name).collect(Collectors.joining(", ", "SELECT ", ""))
                + " FROM benchmarks ORDER BY windowStartMicros, device");
    }

    /** The answer to a question about the table {@code benchmarks}; no rows where there is no file yet. */
    List<List<Object>> query(String sql) throws IOException, SQLException {
        Path copy = Files.createTempDirectory(scratch, "parquet");
        List<List<Object>> rows = new ArrayList<>();
        if (S3Server.fetch(uri, copy) == 0) {
            return rows;
        }
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE VIEW benchmarks AS SELECT * FROM read_parquet('" + copy
                    + "/**/*.parquet', hive_partitioning = true)");
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        row.add(plain(result.getObject(column)));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** The same of a row on the topic. */
    static List<Object> values(BenchmarkRow row) {
        List<Object> values = new ArrayList<>();
        for (Schema.Field field : FIELDS) {
            Object value = row.get(field.pos());
            if (value instanceof ByteBuffer buffer) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                values.add(HexFormat.of().formatHex(bytes));
            } else {
                values.add(value instanceof Enum<?> word ? word.name() : value);
            }
        }
        return values;
    }

    private static Object plain(Object value) throws SQLException {
        return value instanceof Blob bytes ? HexFormat.of().formatHex(bytes.getBytes(1, (int) bytes.length())) : value;
    }
}
