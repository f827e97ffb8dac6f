package dev.framewise.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.vision.image.JpegHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    void addressesAndDevicesAreLive() {
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
