package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.vision.asset.AssetCatalog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsEveryPictureOfAClip() throws IOException {
        try (ClipReader clip = ClipReader.open(AssetCatalog.standard().locate("pets09-s2l1"))) {
            assertThat(clip.width()).isEqualTo(768);
            assertThat(clip.height()).isEqualTo(576);
            assertThat(clip.framesPerSecond()).isEqualTo(10);
            assertThat(clip.frameCount()).hasValue(795);
            assertThat(clip.index()).isEqualTo(-1);
            long previous = -1;
            while (clip.advance()) {
                assertThat(clip.image().width()).isEqualTo(768);
                assertThat(clip.image().height()).isEqualTo(576);
                assertThat(clip.timestampMicros()).isGreaterThan(previous);
                previous = clip.timestampMicros();
            }
            assertThat(clip.index()).isEqualTo(794);
            assertThat(clip.advance()).isFalse();
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ClipReader.open(folder.resolve("absent.avi")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent.avi");
    }

    @Test
    void aFileThatIsNoVideoIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.avi"), "no video");
        assertThatThrownBy(() -> ClipReader.open(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.avi");
    }

    @Test
    void imagesAreByteForByteWhatJavaCvMakesOfThem() throws IOException {
        assertSameAsJavaCv(AssetCatalog.standard().locate("pets09-s2l1"), /* frames= */ 30);
        for (int width : new int[] {64, 65, 61}) {
            for (int height : new int[] {48, 47}) {
                String size = width + "x" + height;
                assertSameAsJavaCv(
                        TestingVideo.lossless(
                                folder.resolve("420-" + size + ".avi"), width, height, 3, avutil.AV_PIX_FMT_YUV420P),
                        /* frames= */ 3);
                assertSameAsJavaCv(
                        TestingVideo.lossless(
                                folder.resolve("444-" + size + ".avi"), width, height, 3, avutil.AV_PIX_FMT_YUV444P),
                        /* frames= */ 3);
                assertSameAsJavaCv(
                        TestingVideo.mjpeg(folder.resolve("mjpeg-" + size + ".avi"), width, height, 3),
                        /* frames= */ 3);
                assertSameAsJavaCv(
                        TestingVideo.raw(folder.resolve("raw-" + size + ".avi"), width, height, 3), /* frames= */ 3);
            }
        }
    }

    private static void assertSameAsJavaCv(Path file, int frames) throws IOException {
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toString());
                ClipReader clip = ClipReader.open(file)) {
            grabber.setImageScalingFlags(swscale.SWS_BICUBIC);
            grabber.start();
            for (int i = 0; i < frames; i++) {
                Frame theirs = grabber.grabImage();
                assertThat(clip.advance()).isTrue();
                assertThat(clip.timestampMicros()).isEqualTo(theirs.timestamp);
                assertThat(Arrays.mismatch(TestingPictures.bytes(clip.image()), bytes(theirs)))
                        .as("first byte that differs, picture %d of %s", i, file)
                        .isEqualTo(-1);
            }
        }
    }

    private static byte[] bytes(Frame frame) {
        byte[] bytes = new byte[3 * frame.imageWidth * frame.imageHeight];
        for (int y = 0; y < frame.imageHeight; y++) {
            ((ByteBuffer) frame.image[0])
                    .get(y * frame.imageStride, bytes, 3 * frame.imageWidth * y, 3 * frame.imageWidth);
        }
        return bytes;
    }

    @Test
    void anImageIsOfThePictureReadLast() throws IOException {
        Path file = TestingVideo.lossless(folder.resolve("clip.avi"), 64, 48, 3, avutil.AV_PIX_FMT_YUV420P);
        try (ClipReader clip = ClipReader.open(file)) {
            assertThatThrownBy(clip::image).hasMessageContaining("no picture yet");
            assertThat(clip.advance()).isTrue();
            byte[] first = TestingPictures.bytes(clip.image());
            assertThat(clip.advance()).isTrue();
            assertThat(TestingPictures.bytes(clip.image())).isNotEqualTo(first);
            assertThat(clip.image()).isSameAs(clip.image());
            assertThat(clip.advance()).isTrue();
            assertThat(clip.advance()).isFalse();
            assertThatThrownBy(clip::image).hasMessageContaining("no more");
        }
    }

    @Test
    void aGrabberThatConvertsIsRefused() throws IOException {
        Path file = TestingVideo.mjpeg(folder.resolve("clip.avi"), 64, 48, 1);
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toString())) {
            grabber.start();
            assertThatThrownBy(() -> ClipReader.over("gate", grabber)).hasMessageContaining("gate");
        }
    }
}
