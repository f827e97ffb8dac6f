package dev.framewise.gateway;

import static dev.framewise.gateway.TestingDirectives.directive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.framewise.gateway.capture.CameraStats;
import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.Picture;
import dev.framewise.gateway.capture.SourceOpener;
import dev.framewise.gateway.capture.SteadyWallClock;
import dev.framewise.gateway.capture.TestingClip;
import dev.framewise.gateway.config.BoardSettings;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.CameraSettings.Pace;
import dev.framewise.gateway.config.GatewayConfig;
import dev.framewise.schemas.Directive;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.Telemetry;
import dev.framewise.schemas.Topic;
import dev.framewise.thermal.sim.ReferenceBoardOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A gateway from a clip's file to a real broker and back. */
class GatewayIT {
    private static final RecordCodec<Frame> FRAMES = new RecordCodec<>(Frame.class);
    private static final RecordCodec<Telemetry> TELEMETRY = new RecordCodec<>(Telemetry.class);
    private static final RecordCodec<Directive> DIRECTIVES = new RecordCodec<>(Directive.class);

    @TempDir
    static Path directory;

    private static TestingKafka kafka;
    private static Path mpeg4;
    private static Path mjpeg;

    @BeforeAll
    static void start() throws Exception {
        kafka = TestingKafka.start(directory);
        mpeg4 = TestingClip.mpeg4(directory.resolve("mpeg4.avi"), /* frames= */ 40);
        mjpeg = TestingClip.mjpeg(directory.resolve("mjpeg.avi"), /* frames= */ 25);
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    void aDirectiveIsObeyedAndNoSequenceIsMissing() throws Exception {
        int frames = 100;
        GatewayConfig config =
                config("obeying", fast("gate", mpeg4).withLoop(true).withMaxFrames(frames));
        long issued = SteadyWallClock.micros(Clock.systemUTC().instant());

        GatewayStats stats;
        CountDownLatch obeyed = new CountDownLatch(1);
        try (Gateway gateway = new Gateway(config, waitingAt(frames - 40, obeyed))) {
            gateway.start();
            kafka.publish(Topic.DIRECTIVES, "other", DIRECTIVES.encode(directive("other", issued, 0, 1)));
            kafka.publish(Topic.DIRECTIVES, "obeying", DIRECTIVES.encode(directive("obeying", issued, 0.5, 2)));
            await().atMost(Duration.ofMinutes(1)).until(() -> gateway.stats().obeysDirective());
            obeyed.countDown();
            gateway.awaitEnd();
            await().atMost(Duration.ofMinutes(1)).until(() -> lastDirectiveOf("obeying"), applied -> applied == issued);
            stats = gateway.stats();
        }

        List<Frame> published = frames("gate");
        assertThat(published)
                .extracting(Frame::getSequence)
                .containsExactlyElementsOf(LongStream.range(0, frames).boxed().toList());
        assertThat(published).extracting(Frame::getCapturedAtMicros).isSorted();
        CameraStats camera = stats.cameras().get("gate");
        assertThat(camera.captured()).isEqualTo(frames);
        assertThat(counts(published))
                .isEqualTo(Map.of(
                        Disposition.SENT, camera.sent(),
                        Disposition.SKIPPED, camera.skipped(),
                        Disposition.THROTTLED, camera.throttled()));
        assertThat(counts(published.subList(frames - 20, frames)))
                .isEqualTo(Map.of(Disposition.SENT, 5L, Disposition.SKIPPED, 5L, Disposition.THROTTLED, 10L));
        assertThat(published.get(0).getDisposition()).isEqualTo(Disposition.SENT);
        assertThat(stats.directives().applied()).isEqualTo(1);
        assertThat(stats.directives().forOthers()).isEqualTo(1);
        assertThat(stats.obeysDirective()).isTrue();
    }

    @Test
    void motionJpegArrivesByteForByte() throws Exception {
        run(config("passing", fast("mjpeg", mjpeg)));

        List<Frame> published = frames("mjpeg");
        List<byte[]> arrived = new ArrayList<>();
        published.forEach(frame -> arrived.add(bytes(frame)));
        List<byte[]> recorded = TestingClip.packets(mjpeg);
        assertThat(arrived).hasSameSizeAs(recorded).hasSize(25);
        for (int i = 0; i < recorded.size(); i++) {
            assertThat(arrived.get(i)).as("picture %d", i).isEqualTo(recorded.get(i));
        }
    }

    @Test
    void twoRunsOnTheClipsOwnClockPublishTheSameBytes() throws Exception {
        GatewayConfig config = config("repeating", fast("twice", mpeg4)).withClipClock(Instant.now());

        run(config);
        run(config);

        List<byte[]> values = kafka.read(Topic.FRAMES, "twice").stream()
                .map(ConsumerRecord::value)
                .toList();
        assertThat(values).hasSize(80);
        for (int i = 0; i < 40; i++) {
            assertThat(values.get(i)).as("record %d", i).isEqualTo(values.get(40 + i));
        }
    }

    @Test
    void twoGatewaysInOneJvmKeepTheirOwnHeat() throws Exception {
        GatewayConfig cool = config("cool", fast("shade", mjpeg));
        GatewayConfig hot = config("hot", fast("sun", mjpeg))
                .withBoard(BoardSettings.simulated(ReferenceBoardOptions.warm(50, 81)));

        try (Gateway one = new Gateway(cool);
                Gateway two = new Gateway(hot)) {
            one.start();
            two.start();
            one.awaitEnd();
            two.awaitEnd();
        }

        assertThat(counts(frames("shade"))).isEqualTo(Map.of(Disposition.SENT, 25L));
        // 81 °C allows 0.4; how far the board has cooled before its first reading depends on how long this machine
        // takes
        Map<Disposition, Long> sun = counts(frames("sun"));
        assertThat(sun.get(Disposition.THROTTLED)).isBetween(5L, 15L);
        assertThat(sun.get(Disposition.SENT)).isEqualTo(25 - sun.get(Disposition.THROTTLED));
        assertThat(telemetry("hot").get(0).getSocCelsius()).isBetween(77.0, 81.1);
    }

    @Test
    void theCommandRunsAFileToItsEnd() throws Exception {
        Path file = directory.resolve("gateway.yaml");
        Files.writeString(file, """
                device: commanded
                kafka: {bootstrap: "%s"}
                cameras: [{name: yard, source: "%s", pace: fast, frames: 7}]
                """.formatted(kafka.bootstrapServers(), mjpeg));

        assertThat(new CommandLine(new GatewayCommand()).execute("--config", file.toString()))
                .isZero();
        assertThat(frames("yard")).hasSize(7);
    }

    @Test
    void theCheckMeetsTheBrokerAndPublishesNothing() throws Exception {
        Path file = directory.resolve("check.yaml");
        Files.writeString(file, """
                device: checked
                stateDirectory: "%s"
                kafka: {bootstrap: "%s"}
                cameras: [{name: unseen, source: "%s"}]
                board: {kind: simulated}
                outbox: {megabytes: 1}
                """.formatted(directory.resolve("check-state"), kafka.bootstrapServers(), mjpeg));
        StringWriter out = new StringWriter();

        assertThat(new CommandLine(new GatewayCommand())
                        .setOut(new PrintWriter(out))
                        .execute("--config", file.toString(), "--check"))
                .isZero();
        assertThat(out.toString())
                .contains("camera unseen  ok      a picture of 160x120")
                .contains(kafka.bootstrapServers() + " answers, 1 in the cluster")
                .contains("all four are there")
                .contains("1 MiB written in");
        assertThat(frames("unseen")).isEmpty();
        assertThat(telemetry("checked")).isEmpty();
    }

    /** The real world, but its clips give no further picture from one on before they are told to. */
    private static GatewayParts waitingAt(int picture, CountDownLatch goOn) {
        GatewayParts real = GatewayParts.real();
        AtomicInteger pictures = new AtomicInteger();
        SourceOpener opener = (address, quality) -> {
            FrameSource source = real.sources().open(address, quality);
            return new FrameSource() {
                @Override
                public Picture next() throws IOException {
                    if (pictures.getAndIncrement() >= picture) {
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return source.next();
                }

                @Override
                public double framesPerSecond() {
                    return source.framesPerSecond();
                }

                @Override
                public boolean isLive() {
                    return source.isLive();
                }

                @Override
                public void close() {
                    source.close();
                }
            };
        };
        return new GatewayParts(real.wallClock(), real.nanoTicker(), real.sleeper(), opener, real.sinks());
    }

    private static void run(GatewayConfig config) throws InterruptedException {
        try (Gateway gateway = new Gateway(config)) {
            gateway.start();
            gateway.awaitEnd();
        }
    }

    private static GatewayConfig config(String device, CameraSettings camera) {
        return GatewayConfig.of(device, kafka.bootstrapServers(), List.of(camera))
                .withTelemetryInterval(Duration.ofMillis(200));
    }

    private static CameraSettings fast(String camera, Path clip) {
        return CameraSettings.of(camera, clip.toString()).withPace(Pace.FAST);
    }

    private static Map<Disposition, Long> counts(List<Frame> frames) {
        Map<Disposition, Long> counts = new EnumMap<>(Disposition.class);
        frames.forEach(frame -> counts.merge(frame.getDisposition(), 1L, Long::sum));
        return counts;
    }

    private static List<Frame> frames(String camera) throws RecordFormatException {
        List<Frame> frames = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : kafka.read(Topic.FRAMES, camera)) {
            frames.add(FRAMES.decode(record.value()));
        }
        return frames;
    }

    private static List<Telemetry> telemetry(String device) throws RecordFormatException {
        List<Telemetry> readings = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : kafka.read(Topic.TELEMETRY, device)) {
            readings.add(TELEMETRY.decode(record.value()));
        }
        return readings;
    }

    /** issuedAtMicros of the directive in force in the device's last reading; 0 where it follows its local law. */
    private static long lastDirectiveOf(String device) throws RecordFormatException {
        List<Telemetry> readings = telemetry(device);
        Long applied = readings.get(readings.size() - 1).getAppliedDirectiveMicros();
        return applied == null ? 0 : applied;
    }

    private static byte[] bytes(Frame frame) {
        byte[] bytes = new byte[frame.getPayload().remaining()];
        frame.getPayload().duplicate().get(bytes);
        return bytes;
    }
}
