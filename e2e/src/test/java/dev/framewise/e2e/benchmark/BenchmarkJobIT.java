package dev.framewise.e2e.benchmark;

import static dev.framewise.e2e.benchmark.TestingFleet.COOL;
import static dev.framewise.e2e.benchmark.TestingFleet.HOT;
import static dev.framewise.e2e.benchmark.TestingFleet.WINDOW;
import static dev.framewise.e2e.benchmark.TestingFleet.startMicros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.framewise.e2e.benchmark.TestingFleet.Board;
import dev.framewise.e2e.storage.S3Server;
import dev.framewise.jobs.BenchmarkJob;
import dev.framewise.jobs.BenchmarkOptions;
import dev.framewise.local.LocalCluster;
import dev.framewise.local.kafka.TopicReader;
import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.PowerSource;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Topic;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run of the benchmark job that loses its TaskManager in the middle, looked at in each of its sinks: the topic, Parquet
 * in S3, Prometheus.
 */
class BenchmarkJobIT {
    private static final int WINDOWS = 12;
    private static final int CHECKPOINTED = 6;
    private static final int BEFORE_THE_LOSS = 9;
    private static final Duration CHECKPOINT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    static Path directory;

    private static S3Server s3;
    private static LocalCluster cluster;
    private static int pagePort;
    private static List<BenchmarkRow> topic;

    @BeforeAll
    static void run() throws Exception {
        s3 = S3Server.start(directory.resolve("s3"));
        cluster = LocalCluster.start(directory.resolve("cluster"), /* slots= */ 2);
        s3.useInFlink();
        pagePort = PrometheusServer.freePort();
        StreamExecutionEnvironment env = cluster.flink().newEnvironment(/* parallelism= */ 2, CHECKPOINT);
        BenchmarkJob.onKafka(options()).build(env);
        cluster.flink().submit(env, "benchmark");
        try (TestingFleet fleet = new TestingFleet(cluster.bootstrapServers());
                TopicReader reader = new TopicReader(cluster.bootstrapServers(), List.of(Topic.BENCHMARKS))) {
            topic = new ArrayList<>();
            fleet.send(0, CHECKPOINTED);
            awaitRows(reader, 2 * (CHECKPOINTED - 1));
            fleet.send(CHECKPOINTED, BEFORE_THE_LOSS);
            // The page shows rows at once, the other sinks with the next checkpoint: these are what may be lost or
            // doubled.
            await().atMost(PATIENCE).until(() -> pageShowsWindow(BEFORE_THE_LOSS - 2));
            cluster.flink().replaceTaskManager();
            fleet.send(BEFORE_THE_LOSS, WINDOWS);
            fleet.close(WINDOWS);
            awaitRows(reader, 2 * WINDOWS);
        }
    }

    private static BenchmarkOptions options() {
        return new BenchmarkOptions()
                .bootstrapServers(cluster.bootstrapServers())
                .window(WINDOW)
                .parquet(s3.uri("benchmarks"))
                .prometheusPort(pagePort)
                .checkpointInterval(CHECKPOINT)
                .outOfOrderness(Duration.ZERO)
                // Longer than the test: a source that starts slowly must not make the other's records late.
                .idleness(Duration.ofMinutes(10));
    }

    private static void awaitRows(TopicReader reader, int count) {
        await().atMost(PATIENCE).until(() -> {
            poll(reader);
            return topic.size() >= count;
        });
    }

    private static void poll(TopicReader reader) throws RecordFormatException {
        reader.poll(Duration.ofMillis(100), row -> topic.add((BenchmarkRow) row));
    }

    private static boolean pageShowsWindow(int window) throws IOException, InterruptedException {
        long endSeconds = startMicros(window + 1) / 1_000_000;
        try {
            return page().lines()
                            .filter(line -> line.startsWith("framewise_window_end_timestamp_seconds{"))
                            .filter(line ->
                                    Double.parseDouble(line.substring(line.lastIndexOf(' '))) == (double) endSeconds)
                            .count()
                    == TestingFleet.BOARDS.size();
        } catch (ConnectException e) {
            // The sink is not open yet.
            return false;
        }
    }

    private static String page() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pagePort + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @AfterAll
    static void stop() throws Exception {
        try (S3Server server = s3) {
            cluster.close();
        }
    }

    @Test
    void everyWindowOfEveryBoardIsOnTheTopicOnce() {
        assertThat(topic.stream().map(row -> row.getDevice() + " " + row.getWindowStartMicros()))
                .containsExactlyInAnyOrderElementsOf(TestingFleet.BOARDS.stream()
                        .flatMap(board -> IntStream.range(0, WINDOWS)
                                .mapToObj(window -> board.name() + " " + startMicros(window)))
                        .toList());
    }

    @Test
    void theRowsOnTheTopicHaveTheFiguresOfTheirBoards() {
        assertThat(topic).allSatisfy(row -> {
            Board board = row.getDevice().equals(COOL.name()) ? COOL : HOT;
            assertThat(row.getWindowEndMicros() - row.getWindowStartMicros()).isEqualTo(WINDOW.toNanos() / 1_000);
            assertThat(row.getPrecision()).isEqualTo(board.precision());
            assertThat(row.getFrames()).isEqualTo(board.framesPerWindow());
            assertThat(row.getInferredFrames()).isEqualTo(board.framesPerWindow() / 2);
            assertThat(row.getMeanFps()).isEqualTo(board.fps());
            assertThat(row.getMaxFps()).isEqualTo(board.fps());
            assertThat(row.getLatencyMinMillis()).isEqualTo(10);
            assertThat(row.getLatencyP50Millis()).isCloseTo(50, within(0.5));
            assertThat(row.getLatencyP99Millis()).isCloseTo(100, within(1.0));
            assertThat(row.getCelsiusMax()).isEqualTo(board.celsius());
            assertThat(row.getWattsMean()).isEqualTo(board.watts());
            assertThat(row.getWattsSource())
                    .isEqualTo(board.watts() == null ? PowerSource.ABSENT : PowerSource.MEASURED);
            assertThat(row.getFpsPerWatt()).isEqualTo(board.watts() == null ? null : board.fps() / board.watts());
        });
    }

    @Test
    void theParquetFilesInS3HaveTheRowsOfTheTopicOnce() throws Exception {
        ParquetRows parquet = new ParquetRows(s3.uri("benchmarks"), directory);
        List<List<Object>> expected = topic.stream()
                .sorted(Comparator.comparing(BenchmarkRow::getWindowStartMicros).thenComparing(BenchmarkRow::getDevice))
                .map(ParquetRows::values)
                .toList();
        await().atMost(PATIENCE).until(() -> parquet.all().size() >= expected.size());
        assertThat(parquet.all()).isEqualTo(expected);
    }

    @Test
    void theFoldersInS3AreColumnsOfTheirTable() throws Exception {
        ParquetRows parquet = new ParquetRows(s3.uri("benchmarks"), directory);
        await().atMost(PATIENCE).until(() -> parquet.all().size() >= 2 * WINDOWS);
        assertThat(parquet.query("SELECT date, hour, sum(frames)::BIGINT FROM benchmarks GROUP BY ALL ORDER BY date"))
                .extracting(Object::toString)
                .containsExactly("[2025-12-31, 23, 900]", "[2026-01-01, 00, 900]");
    }

    @Test
    void prometheusHasTheNewestFiguresAndTheAlertsOfDeployWork() throws Exception {
        try (PrometheusServer prometheus = PrometheusServer.start(directory.resolve("prometheus"), pagePort)) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> !prometheus.query("framewise_fps").isEmpty()
                            && prometheus.alerts().size() >= 3);
            for (Board board : TestingFleet.BOARDS) {
                JsonNode fps = prometheus.query("framewise_fps{device=\"" + board.name() + "\"}");
                assertThat(fps).hasSize(1);
                assertThat(fps.at("/0/value/1").asDouble()).isEqualTo(board.fps());
                assertThat(fps.at("/0/metric/precision").asText()).isEqualTo(board.precision());
                assertThat(fps.at("/0/metric/job").asText()).isEqualTo("framewise-benchmark");
            }
            assertThat(prometheus.query("framewise_device_power_watts")).hasSize(1);
            assertThat(prometheus.alerts())
                    .extracting(alert -> alert.at("/labels/alertname").asText() + " "
                            + alert.at("/labels/device").asText() + " "
                            + alert.at("/state").asText())
                    .as("one board is above 80 degrees; both sent their last frame on New Year's Day")
                    .containsExactlyInAnyOrder(
                            "FramewiseDeviceHot gate-2 pending",
                            "FramewiseDeviceSilent gate-1 firing",
                            "FramewiseDeviceSilent gate-2 firing");
        }
    }
}
