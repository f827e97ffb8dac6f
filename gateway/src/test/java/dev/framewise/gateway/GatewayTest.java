package dev.framewise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.Pacer;
import dev.framewise.gateway.config.BoardSettings;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.outbox.OutboxSettings;
import dev.framewise.gateway.watch.CrashLoop;
import dev.framewise.schemas.CaptureWindow;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.thermal.sim.ReferenceBoardOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads of a gateway, with sources and a sink of the test's own. */
class GatewayTest {
    /** Nobody listens there: the gateway must live without directives. */
    private static final String NO_BROKER = "127.0.0.1:1";

    @TempDir
    Path directory;

    private final TestingClock time = new TestingClock();
    private final TestingRecordSink sink = new TestingRecordSink();

    @Test
    void everyCameraIsPublishedToItsEnd() throws Exception {
        Map<String, TestingSource> sources = Map.of("a.avi", new TestingSource(30), "b.avi", new TestingSource(20));
        GatewayConfig config = GatewayConfig.of(
                        "board-1",
                        NO_BROKER,
                        List.of(
                                CameraSettings.of("a", "a.avi"),
                                CameraSettings.of("b", "b.avi").withMaxFrames(10)))
                .withClipClock(Instant.parse("2026-01-01T00:00:00Z"));

        GatewayStats stats;
        try (Gateway gateway = new Gateway(config, parts(sources::get))) {
            gateway.start();
            gateway.awaitEnd();
            stats = gateway.stats();
            assertThat(capturedByTheLastWindows()).as("when all have ended").isEqualTo(Map.of("a", 30L, "b", 10L));
        }

        assertThat(stats.cameras())
                .containsExactly(
                        Map.entry("a", new CameraStats(30, 30, 0, 0, 0, 120)),
                        Map.entry("b", new CameraStats(10, 10, 0, 0, 0, 40)));
        assertThat(stats.allCameras().captured()).isEqualTo(40);
        assertThat(stats.obeysDirective()).isFalse();
        assertThat(sink.frames()).hasSize(40).allSatisfy(frame -> {
            assertThat(frame.getBootEpoch()).isEqualTo(1_767_225_600_000_000L);
            assertThat(frame.getCapturedAtMicros()).isEqualTo(1_767_225_600_000_000L + 100_000 * frame.getSequence());
        });
        assertThat(sink.telemetry()).isNotEmpty();
        assertThat(sources.values()).allMatch(TestingSource::isClosed);
    }

    @Test
    void whoeverClosesWithoutWaitingIsToldOfAllThatWasCapturedToo() throws Exception {
        try (Gateway gateway = new Gateway(config(), parts(address -> new TestingSource(30)))) {
            gateway.start();
            await().atMost(Duration.ofMinutes(1)).until(() -> !sink.frames().isEmpty());
        }

        assertThat(capturedByTheLastWindows())
                .isEqualTo(Map.of("gate", (long) sink.frames().size()));
    }

    /** By camera. */
    private Map<String, Long> capturedByTheLastWindows() {
        return sink.windows().stream()
                .collect(Collectors.toMap(
                        CaptureWindow::getCamera, window -> window.getTotal().getCaptured(), (early, late) -> late));
    }

    @Test
    void aClockThatIsSetAnHourForthAndBackMovesNoPictureBack() throws Exception {
        Pacer.Sleeper clocksmith = nanos -> {
            pass(nanos);
            int pictures = sink.frames().size();
            if (pictures == 10) {
                time.setWall(time.instant().plus(Duration.ofHours(1)));
            } else if (pictures == 20) {
                time.setWall(time.instant().minus(Duration.ofHours(2)));
            }
        };
        GatewayParts parts =
                new GatewayParts(time, time, clocksmith, (address, quality) -> new TestingSource(30), settings -> sink);

        CameraStats stats;
        try (Gateway gateway = new Gateway(config(), parts)) {
            gateway.start();
            gateway.awaitEnd();
            stats = gateway.stats().allCameras();
        }

        assertThat(sink.frames())
                .hasSize(30)
                .extracting(Frame::getCapturedAtMicros)
                .isSorted();
        assertThat(sink.frames()).extracting(Frame::getSequence).doesNotHaveDuplicates();
        assertThat(sink.frames().get(29).getCapturedAtMicros()
                        - sink.frames().get(20).getCapturedAtMicros())
                .as("time goes on meanwhile, at half its speed")
                .isPositive();
        assertThat(stats.captured())
                .isEqualTo(30)
                .isEqualTo(stats.sent() + stats.skipped() + stats.throttled() + stats.evicted());
    }

    @Test
    void aHotBoardThrottlesFromItsFirstPicture() throws Exception {
        GatewayConfig config = config().withBoard(BoardSettings.simulated(ReferenceBoardOptions.warm(50, 80)));

        try (Gateway gateway = new Gateway(config, parts(address -> new TestingSource(30)))) {
            gateway.start();
            gateway.awaitEnd();
        }

        assertThat(sink.frames())
                .filteredOn(frame -> frame.getDisposition() == Disposition.THROTTLED)
                .hasSize(15);
        assertThat(sink.frames())
                .extracting(Frame::getSequence)
                .doesNotHaveDuplicates()
                .hasSize(30);
    }

    @Test
    void aCameraThatFailsIsToldAtTheEnd() throws Exception {
        try (Gateway gateway = new Gateway(config(), parts(address -> new TestingSource(30, /* failAt= */ 5)))) {
            gateway.start();

            assertThatThrownBy(gateway::awaitEnd)
                    .isInstanceOf(GatewayException.class)
                    .hasMessage("camera gate: the cable was cut");
            assertThat(sink.frames()).hasSize(5);
        }
    }

    @Test
    void aCameraThatCannotBeOpenedIsToldAtTheStart() {
        GatewayParts parts = new GatewayParts(
                time,
                time,
                this::pass,
                (address, quality) -> {
                    throw new IOException("no such file");
                },
                settings -> sink);
        try (Gateway gateway = new Gateway(config(), parts)) {
            assertThatThrownBy(gateway::start)
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("camera gate: gate.avi cannot be opened (no such file)");
        }
    }

    @Test
    void closingEndsACameraThatWaits() throws Exception {
        TestingSource source = new TestingSource(30);
        CountDownLatch waiting = new CountDownLatch(1);
        Pacer.Sleeper forever = nanos -> {
            waiting.countDown();
            new CountDownLatch(1).await();
        };
        GatewayParts parts = new GatewayParts(time, time, forever, (address, quality) -> source, settings -> sink);
        Gateway gateway = new Gateway(config(), parts);
        gateway.start();
        waiting.await();

        gateway.close();
        gateway.close();

        assertThat(source.isClosed()).isTrue();
        assertThat(sink.frames()).hasSize(1);
        gateway.awaitEnd();
        await().atMost(Duration.ofMinutes(1)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().endsWith("-board-1")));
    }

    @Test
    void healthAndMetricsAreToldOnLocalhost() throws Exception {
        GatewayConfig config = config().withHealthPort(freePort());
        try (Gateway gateway = new Gateway(config, parts(address -> new TestingSource(30)))) {
            gateway.start();
            gateway.awaitEnd();

            assertThat(get(config.healthPort(), "/healthz"))
                    .contains("200 {", "\"device\":\"board-1\"", "\"kafka\":\"up\"");
            assertThat(get(config.healthPort(), "/metrics"))
                    .contains("framewise_gateway_frames{camera=\"gate\",disposition=\"sent\"} 30.0")
                    .contains("framewise_gateway_kafka_up 1.0");
            gateway.events().event(EventLog.Kind.GATEWAY_STARTED, /* camera= */ null, "so that there is one");
            assertThat(found("(?m)^(framewise_\\w+)[{ ]", get(config.healthPort(), "/metrics")))
                    .isEqualTo(found("(?m)^. `(framewise_\\w+)`", Files.readString(Path.of("metrics.md"))));
        }
    }

    @Test
    void aHealthPortThatIsTakenIsTriedAgainAndStopsNothing() throws Exception {
        try (ServerSocket other = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            GatewayConfig config = config().withHealthPort(other.getLocalPort());
            try (Gateway gateway = new Gateway(config, parts(address -> new TestingSource(30)))) {
                gateway.start();
                gateway.awaitEnd();
                assertThat(gateway.stats().allCameras().sent()).isEqualTo(30);
                assertThat(gateway.events().counts()).containsEntry(EventLog.Kind.HEALTH_PAGE_MISSING, 1L);
                assertThat(gateway.healthPort()).isZero();

                other.close();
                await().atMost(Duration.ofMinutes(1)).until(() -> {
                    time.advance(Duration.ofMinutes(1));
                    return gateway.healthPort() == config.healthPort();
                });
                assertThat(get(config.healthPort(), "/healthz")).startsWith("200 {");
            }
        }
    }

    @Test
    void afterARowOfCrashesTheCamerasStayOffForAnHour() throws Exception {
        Files.writeString(directory.resolve("starts"), "7");
        GatewayConfig config = config().withOutbox(directory, OutboxSettings.defaults());
        try (Gateway gateway = new Gateway(config, parts(address -> new TestingSource(30)))) {
            gateway.start();
            assertThat(gateway.isDegraded()).isTrue();
            assertThat(gateway.openCameras()).isEmpty();
            assertThat(gateway.stats().telemetryPublished()).isPositive();

            time.advance(CrashLoop.TRY_AGAIN);

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> gateway.stats().allCameras().captured() == 30);
            assertThat(gateway.isDegraded()).isFalse();
        }
    }

    @Test
    void aStateDirectoryHasOneGateway() {
        GatewayConfig config = config().withOutbox(directory, OutboxSettings.defaults());
        try (Gateway first = new Gateway(config, parts(address -> new TestingSource(1)));
                Gateway second = new Gateway(config, parts(address -> new TestingSource(1)))) {
            first.start();
            assertThatThrownBy(second::start)
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining(directory + " is in use by another gateway (process "
                            + ProcessHandle.current().pid() + ")");
        }
        try (Gateway third = new Gateway(config, parts(address -> new TestingSource(1)))) {
            third.start();
        }
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String get(int port, String path) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static GatewayConfig config() {
        return GatewayConfig.of("board-1", NO_BROKER, List.of(CameraSettings.of("gate", "gate.avi")));
    }

    private GatewayParts parts(Function<String, FrameSource> sources) {
        return new GatewayParts(time, time, this::pass, (address, quality) -> sources.apply(address), settings -> sink);
    }

    private void pass(long nanos) {
        time.advance(Duration.ofNanos(nanos));
    }
}
