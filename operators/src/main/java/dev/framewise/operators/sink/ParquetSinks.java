package dev.framewise.operators.sink;

import dev.framewise.schemas.BenchmarkRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.formats.parquet.avro.AvroParquetWriters;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/**
 * Parquet files in hive-style partitions, {@code date=YYYY-MM-DD/hour=HH} of event time in UTC, that DuckDB, Spark and Trino
 * read as they are. Files are finished with each checkpoint that has rows: exactly once.
 */
public final class ParquetSinks {
    private ParquetSinks() {}

    /**
     * @param directory any address Flink has a file system for, such as {@code s3://bucket/benchmarks} or {@code file:///...}
     */
    public static FileSink<BenchmarkRow> benchmarks(String directory) {
        return FileSink.forBulkFormat(new Path(directory), AvroParquetWriters.forSpecificRecord(BenchmarkRow.class))
                .withBucketAssigner(new ByHour())
                .withBucketCheckInterval(Duration.ofSeconds(10).toMillis())
                .withOutputFileConfig(
                        OutputFileConfig.builder().withPartSuffix(".parquet").build())
                .build();
    }

    /** Partition of a row by the start of its window. */
    static final class ByHour implements BucketAssigner<BenchmarkRow, String> {
        private static final long serialVersionUID = 1L;

        private static final DateTimeFormatter PARTITION =
                DateTimeFormatter.ofPattern("'date='yyyy-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

        @Override
        public String getBucketId(BenchmarkRow row, Context context) {
            return PARTITION.format(Instant.ofEpochMilli(Math.floorDiv(row.getWindowStartMicros(), 1_000L)));
        }

        @Override
        public SimpleVersionedSerializer<String> getSerializer() {
            return SimpleVersionedStringSerializer.INSTANCE;
        }
    }
}
