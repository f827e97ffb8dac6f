package dev.framewise.gateway.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.TestingRecordSink;
import dev.framewise.gateway.TestingSource;
import dev.framewise.gateway.board.BoardReading;
import dev.framewise.gateway.board.BoardSensors;
import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.Picture;
import dev.framewise.gateway.capture.PictureFormat;
import dev.framewise.gateway.capture.VideoSources;
import dev.framewise.gateway.check.Finding.Verdict;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.gateway.outbox.BootEpochs;
import dev.framewise.gateway.outbox.DirectoryLock;
import dev.framewise.gateway.outbox.OutboxSettings;
import dev.framewise.schemas.PowerSource;
import dev.framewise.thermal.ThermalOptions;
import dev.framewise.vision.image.DeviceSupport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each part where it works and where it does not; the broker that works is GatewayIT's. */
class GatewayCheckTest {
    @TempDir
    Path directory;

    private final TestingClock time = new TestingClock();

    @Test
    void aCameraThatGivesAPictureSaysItsSize() throws Exception {
        Finding finding =
                camera(new VideoSources().open("test:64x48@5", 90), CameraSettings.of("gate", "test:64x48@5"));

        assertThat(finding.verdict()).isEqualTo(Verdict.OK);
        assertThat(finding.found()).startsWith("a picture of 64x48, ");
    }

    @Test
    void aCameraThatGivesGarbageFails() throws Exception {
        Finding finding = camera(new TestingSource(1), CameraSettings.of("gate", "rtsp://u:secret@camera/1"));

        assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(finding.found())
                .startsWith("rtsp://***@camera/1: gives what is no JPEG: NOT_A_JPEG: 4 bytes")
                .doesNotContain("secret");
        assertThat(finding.advice()).contains("user and password");
    }

    @Test
    void aCameraThatIsNotThereFailsWithAdvice() throws Exception {
        Finding device = new CameraCheck(parts(settings -> {
                    throw new IOException(settings + ": cannot be opened as a video");
                }))
                .check(CameraSettings.of("gate", "/dev/video97"));

        assertThat(device.verdict()).isEqualTo(Verdict.FAILED);
        // a machine without the libraries that FFmpeg wants for cameras is told of those first
        assertThat(device.advice())
                .contains(
                        DeviceSupport.problem().isPresent()
                                ? "then start the gateway again"
                                : "there is no /dev/video97");
        assertThat(camera(new TestingSource(0), CameraSettings.of("c", "a.avi")).found())
                .isEqualTo("a.avi: holds no picture");
    }

    @Test
    void aCameraThatHangsFailsInItsTime() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        CameraCheck check = new CameraCheck(parts(settings -> {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new TestingSource(1);
        }));

        Finding finding = check.check(CameraSettings.of("gate", "rtsp://c/1").withGrabTimeout(Duration.ofMillis(50)));

        assertThat(finding.found()).startsWith("rtsp://c/1: no picture in");
        letGo.countDown();
    }

    @Test
    void aBrokerThatIsAwayFails() throws Exception {
        assertThat(BrokerCheck.check(new KafkaSettings("127.0.0.1:1", Map.of("ssl.key.password", "${env:NOT_THERE}"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
                    assertThat(finding.found()).contains("the environment has no NOT_THERE");
                });
        assertThat(BrokerCheck.check(new KafkaSettings("nowhere", Map.of())))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.found()).contains("Invalid url in bootstrap.servers: nowhere"));
    }

    @Test
    void aBoardSaysItsHeatOrCountsAsHot() {
        assertThat(sensors(() -> new BoardReading(50, 0, 5, PowerSource.MEASURED, 0.5)))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.OK, Verdict.OK);
        List<Finding> blind = sensors(BoardSensors.NONE);
        assertThat(blind).extracting(Finding::verdict).containsExactly(Verdict.FAILED, Verdict.NOTE);
        assertThat(blind.get(0).advice()).startsWith("unknown counts as hot: 20 % of the frames at most");
        assertThat(sensors(() -> new BoardReading(80, 0x50005, 5, PowerSource.MEASURED, 0.5)))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.NOTE, Verdict.OK, Verdict.NOTE);
        assertThat(sensors(() -> {
                    throw new IOException("/sys is gone");
                }))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("/sys is gone"));
    }

    @Test
    void aDiskIsWrittenToAndMeasured() throws IOException {
        OutboxSettings small =
                new OutboxSettings(1 << 20, Duration.ofDays(1), Duration.ofSeconds(1), 1 << 20, 1 << 20, 7);
        OutboxSettings huge =
                new OutboxSettings(Long.MAX_VALUE / 2, Duration.ofDays(1), Duration.ofSeconds(1), 1 << 20, 1 << 20, 7);

        assertThat(DiskCheck.check(Optional.of(directory.resolve("new")), small).found())
                .contains("1 MiB written in");
        assertThat(directory.resolve("new").resolve("lock"))
                .hasSize(Long.toString(ProcessHandle.current().pid()).length());
        assertThat(directory.resolve("new").toFile().list()).containsExactly("lock");
        try (DirectoryLock running = DirectoryLock.take(directory.resolve("new"))) {
            assertThat(DiskCheck.check(Optional.of(directory.resolve("new")), small)
                            .found())
                    .contains("is in use by another gateway");
        }
        assertThat(DiskCheck.check(Optional.of(directory), huge).advice()).startsWith("a full outbox takes");
        assertThat(DiskCheck.check(Optional.empty(), small).verdict()).isEqualTo(Verdict.NOTE);
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        assertThat(DiskCheck.check(Optional.of(file), small).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aClockIsComparedWithTheLastRunAndAskedWhoKeepsIt() throws IOException {
        time.setWall(Instant.parse("2026-05-01T00:00:00Z"));
        BootEpochs.next(directory, time.micros(), 0);

        assertThat(clock("echo yes").verdict()).isEqualTo(Verdict.OK);
        assertThat(clock("echo no").found()).contains("kept by nobody");
        assertThat(clock("exit 1").found()).contains("unknown");
        time.setWall(Instant.parse("2026-04-30T23:00:00Z"));
        assertThat(clock("echo yes").found()).contains("but the gateway last began at 2026-05-01");
        time.setWall(Instant.EPOCH);
        assertThat(clock("echo yes").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aHealthPortIsFreeOrTaken() throws IOException {
        assertThat(HealthCheck.check(0)).isEmpty();
        try (ServerSocket other = new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
            assertThat(HealthCheck.check(other.getLocalPort()).get().verdict()).isEqualTo(Verdict.NOTE);
            int free = other.getLocalPort();
            other.close();
            assertThat(HealthCheck.check(free).get().verdict()).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void aCameraThatGivesSomethingElseThanItWasAskedForSaysWhat() throws Exception {
        FrameSource source = new VideoSources().open("test:64x48@5", 90);
        FrameSource camera = new FrameSource() {
            @Override
            public Picture next() throws IOException {
                return source.next();
            }

            @Override
            public double framesPerSecond() {
                return 5;
            }

            @Override
            public Optional<PictureFormat> given() {
                return Optional.of(new PictureFormat(64, 48, 5, /* jpeg= */ true));
            }

            @Override
            public boolean isLive() {
                return true;
            }

            @Override
            public void close() {
                source.close();
            }
        };

        Finding finding = camera(
                camera, CameraSettings.of("gate", "/dev/video0").withWish(new CameraSettings.Wish(1280, 720, 15)));

        assertThat(finding.verdict()).isEqualTo(Verdict.NOTE);
        assertThat(finding.found()).contains("64x48 at 5 fps, MJPEG");
        assertThat(finding.advice()).contains("asked for 1280x720 at 15 fps", "v4l2-ctl -d /dev/video0");
    }

    @Test
    void theTableShowsEverythingAndFailuresDecide() {
        List<Finding> findings = List.of(Finding.ok("disk", "fine"), Finding.note("clock", "drifts", "wind it up"));

        assertThat(GatewayCheck.table(findings))
                .isEqualToNormalizingNewlines(
                        "disk   ok      fine\nclock  note    drifts\n               -> wind it up\n");
        assertThat(GatewayCheck.passes(findings)).isTrue();
        assertThat(GatewayCheck.passes(List.of(Finding.failed("kafka", "away", "look"))))
                .isFalse();
    }

    private Finding clock(String script) throws IOException {
        Path command = Files.writeString(directory.resolve("timedatectl"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return new ClockCheck(time, command).check(Optional.of(directory));
    }

    private static List<Finding> sensors(BoardSensors board) {
        return SensorCheck.check(board, ThermalOptions.defaults());
    }

    private Finding camera(FrameSource source, CameraSettings settings) throws InterruptedException {
        return new CameraCheck(parts(address -> source)).check(settings);
    }

    private interface Opener {
        FrameSource open(String address) throws IOException;
    }

    private GatewayParts parts(Opener opener) {
        return new GatewayParts(
                time,
                time,
                nanos -> {},
                (address, quality) -> opener.open(address),
                settings -> new TestingRecordSink());
    }
}
