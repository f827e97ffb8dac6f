package dev.framewise.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.util.FlinkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exactly-once job that is cancelled, restored, loses its TaskManager and is stopped: each number once. */
final class EmbeddedFlinkIT {
    private static final Duration CHECKPOINT = Duration.ofMillis(200);

    @TempDir
    Path directory;

    @Test
    void eachNumberIsCommittedOnceThroughCancelAndLostTaskManagerAndStop() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.start(directory.resolve("flink"), /* slots= */ 1)) {
            JobID first = flink.submit(counting(flink), "counting");
            await().atMost(Duration.ofSeconds(30)).until(() -> committed().size() > 20);
            String checkpoint = flink.checkpoint(first);
            flink.cancel(first);
            assertThat(flink.status(first)).isEqualTo(JobStatus.CANCELED);

            JobID second = flink.submitFrom(counting(flink), "counting again", checkpoint);
            int before = committed().size();
            await().atMost(Duration.ofSeconds(30)).until(() -> committed().size() > before + 20);
            flink.replaceTaskManager();
            int after = committed().size();
            await().atMost(Duration.ofSeconds(60)).until(() -> committed().size() > after + 20);
            flink.stopWithSavepoint(second);
            assertThat(flink.status(second)).isEqualTo(JobStatus.FINISHED);
        }
        List<Long> numbers = committed();
        assertThat(numbers)
                .isEqualTo(LongStream.range(0, numbers.size()).boxed().toList());
    }

    @Test
    void aFailedJobIsReportedWithItsCause() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.start(directory.resolve("flink"), /* slots= */ 1)) {
            StreamExecutionEnvironment env = flink.newEnvironment(/* parallelism= */ 1, CHECKPOINT);
            env.fromData(1).map(number -> number / (number - 1)).print();
            JobID job = flink.submit(env, "failing");
            assertThatThrownBy(() -> flink.awaitEnd(job, EmbeddedFlink.PATIENCE))
                    .isInstanceOf(FlinkException.class)
                    .hasRootCauseMessage("/ by zero");
        }
    }

    private StreamExecutionEnvironment counting(EmbeddedFlink flink) {
        StreamExecutionEnvironment env = flink.newEnvironment(/* parallelism= */ 1, CHECKPOINT);
        env.fromSource(
                        new DataGeneratorSource<>(
                                number -> Long.toString(number),
                                Long.MAX_VALUE,
                                RateLimiterStrategy.perSecond(100),
                                Types.STRING),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .sinkTo(FileSink.forRowFormat(
                                new org.apache.flink.core.fs.Path(
                                        directory.resolve("out").toUri()),
                                new SimpleStringEncoder<String>())
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .build())
                .uid("file");
        return env;
    }

    private List<Long> committed() throws IOException {
        Path out = directory.resolve("out");
        if (!Files.exists(out)) {
            return Collections.emptyList();
        }
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .flatMap(EmbeddedFlinkIT::lines)
                    .map(Long::valueOf)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}
