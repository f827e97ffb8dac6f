package dev.framewise.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.TestingRecordSink;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.gateway.directive.PictureOrder;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.gateway.publish.FramePublisher;
import dev.framewise.schemas.Frame;
import dev.framewise.thermal.ThrottleDecision;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.DeviceSupport;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.JpegHeader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoSourcesTest {
    private static final int QUALITY = 90;

    @TempDir
    Path directory;

    private final VideoSources sources = new VideoSources();

    @Test
    void motionJpegPassesThroughByteForByte() throws IOException {
        Path clip = TestingClip.mjpeg(directory.resolve("mjpeg.avi"), /* frames= */ 12);

        try (FrameSource source = sources.open(clip.toString(), QUALITY)) {
            assertThat(source.framesPerSecond()).isEqualTo(TestingClip.FPS);
            assertThat(source.isLive()).isFalse();
            List<byte[]> jpegs = jpegs(source);
            assertThat(jpegs).hasSize(12);
            assertThat(jpegs).usingElementComparator(Arrays::compare).isEqualTo(TestingClip.packets(clip));
        }
    }

    @Test
    void otherCodecsAreEncodedOnce() throws Exception {
        Path clip = TestingClip.mpeg4(directory.resolve("mpeg4.avi"), /* frames= */ 12);

        try (FrameSource source = sources.open(clip.toString(), QUALITY)) {
            Picture first = source.next();
            assertThat(first.width()).isEqualTo(TestingClip.WIDTH);
            assertThat(first.height()).isEqualTo(TestingClip.HEIGHT);
            assertThat(first.jpeg()).isSameAs(first.jpeg());
            assertThat(JpegHeader.parse(first.jpeg()))
                    .isEqualTo(new JpegHeader(TestingClip.WIDTH, TestingClip.HEIGHT, /* components= */ 3));
            assertThat(jpegs(source)).hasSize(11);
        }
    }

    @Test
    void qualityDecidesTheSize() throws IOException {
        Path clip = TestingClip.mpeg4(directory.resolve("mpeg4.avi"), /* frames= */ 1);

        assertThat(firstSize(clip, 95)).isGreaterThan(firstSize(clip, 30));
    }

    @Test
    void aLoopBeginsAgain() throws IOException {
        Path clip = TestingClip.mjpeg(directory.resolve("mjpeg.avi"), /* frames= */ 3);
        List<byte[]> once = TestingClip.packets(clip);

        try (FrameSource source = new LoopingSource(sources, CameraSettings.of("c", clip.toString()))) {
            for (int i = 0; i < 8; i++) {
                assertThat(source.next().jpeg()).isEqualTo(once.get(i % 3));
            }
        }
    }

    @Test
    void whatIsNoVideoIsNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "no video at all");

        assertThatThrownBy(() -> sources.open(text.toString(), QUALITY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("notes.txt");
        assertThatThrownBy(() -> sources.open(directory.resolve("missing.avi").toString(), QUALITY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.avi");
    }

    @Test
    void aCameraOnTheNetworkPassesThroughByteForByte() throws IOException {
        Path clip = TestingClip.mjpeg(directory.resolve("mjpeg.avi"), /* frames= */ 30);
        List<byte[]> pictures = TestingClip.packets(clip);

        try (TestingIpCamera camera = new TestingIpCamera(pictures);
                FrameSource source = sources.open(camera.address(), QUALITY)) {
            assertThat(source.isLive()).isTrue();
            assertThat(jpegs(source)).usingElementComparator(Arrays::compare).isEqualTo(pictures);
        }
    }

    @Test
    void aConnectionGivesItsPicturesBack() throws Exception {
        byte[] large = noise(/* width= */ 1280, /* height= */ 960);
        try (TestingIpCamera camera = new TestingIpCamera(List.of(large, large, large))) {
            connect(camera, /* times= */ 10);
            double before = residentMegabytes();
            connect(camera, /* times= */ 60);

            assertThat(residentMegabytes() - before)
                    .as(
                            "MiB more after 60 connections, each of which once lost a picture of %d KiB",
                            large.length / 1024)
                    .isLessThan(60.0 * large.length / (1 << 20) / 2);
        }
    }

    private void connect(TestingIpCamera camera, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (FrameSource source = sources.open(camera.address(), QUALITY)) {
                assertThat(jpegs(source)).hasSize(3);
            }
        }
        System.gc();
    }

    private static byte[] noise(int width, int height) {
        try (BgrImage image = new BgrImage(width, height);
                JpegEncoder encoder = new JpegEncoder(QUALITY)) {
            byte[] pixels = new byte[3 * width * height];
            new Random(1).nextBytes(pixels);
            image.buffer().put(pixels);
            return encoder.encode(image);
        }
    }

    private static double residentMegabytes() throws IOException {
        Matcher kilobytes =
                Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(Files.readString(Path.of("/proc/self/status")));
        assertThat(kilobytes.find()).isTrue();
        return Integer.parseInt(kilobytes.group(1)) / 1024.0;
    }

    @Test
    void garbageFromACameraIsPassedOnAndCostsNoNumber() throws Exception {
        byte[] good = TestingClip.packets(TestingClip.mjpeg(directory.resolve("mjpeg.avi"), /* frames= */ 1))
                .get(0);
        byte[] garbage = new byte[300];
        new Random(2).nextBytes(garbage);
        List<byte[]> sent =
                List.of(good, garbage, Arrays.copyOf(good, good.length / 2), new byte[] {(byte) 0xff}, good);
        TestingRecordSink sink = new TestingRecordSink();
        CameraCounters counters = new CameraCounters();
        TestingClock time = new TestingClock();
        EventLog events = new EventLog(time::micros);
        try (TestingIpCamera camera = new TestingIpCamera(sent);
                FrameSource source = sources.open(camera.address(), QUALITY);
                PictureHandler handler = new PictureHandler(
                        CameraSettings.of("gate", camera.address()),
                        new FrameStamper("board-1", "gate", /* bootEpochMicros= */ 1, sequence -> time.micros()),
                        () -> new ThrottleDecision(1, 1, "cool"),
                        () -> PictureOrder.NONE,
                        new FramePublisher(sink),
                        counters,
                        new PictureWatch("gate", /* active= */ true, events, time))) {
            new CaptureLoop(source, Pacer.none(), handler, time, CaptureLoop.Gate.OPEN).run();
        }

        assertThat(sink.frames()).extracting(Frame::getSequence).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(sink.frames())
                .extracting(frame -> frame.getPayload().remaining())
                .containsExactlyElementsOf(
                        sent.stream().map(jpeg -> jpeg.length).toList());
        CameraStats stats = counters.snapshot();
        assertThat(stats.captured()).isEqualTo(5).isEqualTo(stats.sent());
    }

    @Test
    void ofALiveCameraThatIsDecodedTheNewestPictureWinsHoweverSlowlyTheyAreTaken() throws Exception {
        Path clip = TestingClip.mpeg4(directory.resolve("mpeg4.avi"), /* frames= */ 30);
        byte[] last;
        ByteBuffer lastPixels = ByteBuffer.allocate(3 * TestingClip.WIDTH * TestingClip.HEIGHT);
        try (ClipReader whole = ClipReader.open(clip)) {
            for (int i = 0; i < 30; i++) {
                assertThat(whole.advance()).isTrue();
            }
            lastPixels.put(whole.image().buffer()).flip();
        }
        try (FrameSource whole = sources.open(clip.toString(), QUALITY)) {
            List<byte[]> all = jpegs(whole);
            last = all.get(all.size() - 1);
        }

        try (FrameSource source = new LiveDecodedSource("rtsp://camera/1", QUALITY, ClipReader.open(clip))) {
            AtomicLong missed = new AtomicLong();
            // nobody takes a picture until the camera has given them all
            await().atMost(Duration.ofMinutes(1)).until(() -> missed.addAndGet(source.takeMissed()) == 29);

            Picture newest = source.next();
            assertThat(newest.jpeg()).isEqualTo(last);
            assertThat(newest.pixels().buffer()).isEqualTo(lastPixels);
            assertThat(source.next()).isNull();
            assertThat(source.takeMissed()).isZero();
            assertThat(source.given())
                    .contains(new PictureFormat(
                            TestingClip.WIDTH, TestingClip.HEIGHT, TestingClip.FPS, /* jpeg= */ false));
        }
    }

    @Test
    void whatACameraGivesIsComparedWithWhatItWasAskedFor() {
        PictureFormat format = new PictureFormat(640, 480, 29.97, /* jpeg= */ true);

        assertThat(format).hasToString("640x480 at 29.97 fps, MJPEG");
        assertThat(format.fulfils(CameraSettings.Wish.NONE)).isTrue();
        assertThat(format.fulfils(new CameraSettings.Wish(640, 480, 30))).isTrue();
        assertThat(format.fulfils(new CameraSettings.Wish(1280, 720, 0))).isFalse();
        assertThat(format.fulfils(new CameraSettings.Wish(0, 0, 15))).isFalse();
    }

    @Test
    void localCamerasAreOpenedByFfmpegOrItIsSaidWhatIsMissing() throws Exception {
        if (DeviceSupport.problem().isPresent()) {
            // JavaCV says nothing of it: without a word of ours nobody would know why there is no camera
            assertThatThrownBy(() -> sources.open("/dev/video0", QUALITY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/dev/video0")
                    .hasMessageContaining("sudo apt-get install libpulse0");
            return;
        }
        avdevice.avdevice_register_all();
        assertThat(avformat.av_find_input_format(ClipReader.DEVICE_FORMAT))
                .as("FFmpeg's support for cameras of the machine")
                .isNotNull();
        // a device that is no camera, and one that is not there: FFmpeg's camera code says so
        assertThatThrownBy(() -> sources.open("/dev/null", QUALITY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/null")
                .hasMessageContaining("Inappropriate ioctl for device");
        assertThatThrownBy(() -> sources.open("/dev/v4l/by-id/usb-none", QUALITY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No such file or directory");
    }

    @Test
    void whyAStreamCannotBeOpenedIsSaidAndItsSecretsAreNot() {
        for (String address : List.of(
                "rtsp://user:p@ss-word@127.0.0.1:1/stream", "http://127.0.0.1:1/video?user=admin&pwd=p@ss-word")) {
            assertThatThrownBy(() -> sources.open(address, QUALITY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Connection refused")
                    .hasMessageMatching(
                            "(rtsp://\\*\\*\\*@127.0.0.1:1/stream|http://127.0.0.1:1/video\\?\\*\\*\\*): .*")
                    .satisfies(failure -> {
                        StringWriter trace = new StringWriter();
                        failure.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString()).doesNotContain("ss-word", "admin");
                    });
        }
    }

    @Test
    void addressesAndDevicesAreLive() {
        assertThat(VideoSources.isLive("/dev/v4l/by-id/usb-046d_C920-video-index0"))
                .isTrue();
        assertThat(VideoSources.isLive("/dev/shm/clip.avi")).isFalse();
        assertThat(VideoSources.isLive("rtsp://camera/stream")).isTrue();
        assertThat(VideoSources.isLive("/dev/video0")).isTrue();
        assertThat(VideoSources.isLive("clips/a.avi")).isFalse();
        assertThat(VideoSources.isLive("file:///clips/a.avi")).isFalse();
    }

    private int firstSize(Path clip, int quality) throws IOException {
        try (FrameSource source = sources.open(clip.toString(), quality)) {
            return source.next().jpeg().length;
        }
    }

    private static List<byte[]> jpegs(FrameSource source) throws IOException {
        List<byte[]> jpegs = new ArrayList<>();
        for (Picture picture = source.next(); picture != null; picture = source.next()) {
            jpegs.add(picture.jpeg());
        }
        return jpegs;
    }
}
