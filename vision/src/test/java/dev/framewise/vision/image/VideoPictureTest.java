package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.asset.AssetCatalog;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoPictureTest {
    private static final int QUALITY = 90;

    @TempDir
    private Path folder;

    private final JpegEncoder encoder = new JpegEncoder(QUALITY);
    private final JpegEncoder byBgr = new JpegEncoder(QUALITY, /* byTurbo= */ false);
    private final JpegDecoder decoder = new JpegDecoder();

    @Test
    void aJpegOfPlanesShowsWhatOneByWayOfBgrShows() throws Exception {
        try (ClipReader clip = ClipReader.open(AssetCatalog.standard().locate("pets09-s2l1"))) {
            long planes = 0;
            long bgr = 0;
            while (clip.index() < 99 && clip.advance()) {
                byte[] ofPlanes = encoder.encode(clip.picture());
                byte[] ofBgr = byBgr.encode(clip.picture());
                assertThat(difference(ofPlanes, ofBgr)).isLessThan(2);
                planes += ofPlanes.length;
                bgr += ofBgr.length;
            }
            assertThat(planes / (double) bgr).as("bytes, ratio").isBetween(0.95, 1.05);
        }
    }

    /** The way through BGR cuts off where it should round: about one darker of 255. */
    @Test
    void aJpegOfPlanesIsAsBrightAsTheVideo() throws Exception {
        TurboJpegPresence.assume();
        try (ClipReader clip = ClipReader.open(AssetCatalog.standard().locate("pets09-s2l1"))) {
            assertThat(clip.advance()).isTrue();
            double brightness = 0;
            for (int y = 0; y < clip.height(); y++) {
                for (int x = 0; x < clip.width(); x++) {
                    int luma =
                            clip.picture().rows(0).get((long) y * clip.picture().stride(0) + x) & 0xff;
                    brightness += Math.max(0, Math.min(255, (luma - 16) * 255.0 / 219));
                }
            }
            brightness /= clip.width() * clip.height();
            assertThat(brightness(encoder.encode(clip.picture()))).isCloseTo(brightness, within(0.1));
            assertThat(brightness(byBgr.encode(clip.picture()))).isCloseTo(brightness, within(2.0));
        }
    }

    private double brightness(byte[] jpeg) throws ImageFormatException {
        try (Scalar mean = opencv_core.mean(decoder.decode(jpeg).luma())) {
            return mean.get(0);
        }
    }

    @Test
    void theScenesColoursComeBackWhateverSizeAndRange() throws Exception {
        for (int width : new int[] {128, 127}) {
            for (int height : new int[] {96, 95}) {
                String size = width + "x" + height;
                assertShowsItsScene(TestingVideo.lossless(
                        folder.resolve("limited-" + size + ".avi"), width, height, 1, avutil.AV_PIX_FMT_YUV420P));
                assertShowsItsScene(
                        TestingVideo.mjpeg(folder.resolve("full-" + size + ".avi"), width, height, /* frames= */ 1));
            }
        }
    }

    private void assertShowsItsScene(Path file) throws Exception {
        try (ClipReader clip = ClipReader.open(file);
                BgrImage scene = TestingPictures.scene(clip.width(), clip.height(), /* seed= */ 0)) {
            assertThat(clip.advance()).isTrue();
            assertThat(clip.picture().hasPlanes()).isTrue();
            double ofPlanes = difference(encoder.encode(clip.picture()), scene);
            double ofBgr = difference(byBgr.encode(clip.picture()), scene);
            assertThat(ofPlanes)
                    .as("%s, by BGR %.2f", file.getFileName(), ofBgr)
                    .isLessThan(ofBgr + 0.5);
        }
    }

    /** The library reads a column and a row more of them. What stands there must not show through at the edge. */
    @Test
    void oddSizesAreAsFlatAtTheirEdgesAsInside() throws Exception {
        TurboJpegPresence.assume();
        try (JpegEncoder poor = new JpegEncoder(30)) {
            for (int luma : new int[] {235, 16, 126}) {
                try (VideoPicture picture = VideoPicture.window()) {
                    AVFrame frame = flat(avutil.AV_PIX_FMT_YUV420P, /* size= */ 33, luma, 128, 128);
                    picture.show(frame);
                    Mat decoded = decoder.decode(poor.encode(picture)).luma();
                    avutil.av_frame_free(frame);
                    int inside = decoded.ptr(5, 5).get() & 0xff;
                    assertThat(decoded.ptr(5, 32).get() & 0xff).as("right").isEqualTo(inside);
                    assertThat(decoded.ptr(32, 5).get() & 0xff).as("bottom").isEqualTo(inside);
                }
            }
        }
    }

    @Test
    void limitedRangeBecomesFullAndSaturates() throws Exception {
        assertFlat(avutil.AV_PIX_FMT_YUV420P, new int[] {235, 128, 128}, new int[] {255, 128, 128});
        assertFlat(avutil.AV_PIX_FMT_YUV420P, new int[] {16, 240, 16}, new int[] {0, 255, 0});
        assertFlat(avutil.AV_PIX_FMT_YUV420P, new int[] {126, 184, 72}, new int[] {128, 192, 64});
        assertFlat(avutil.AV_PIX_FMT_YUV420P, new int[] {250, 250, 5}, new int[] {255, 255, 0});
        assertFlat(avutil.AV_PIX_FMT_YUV420P, new int[] {5, 128, 128}, new int[] {0, 128, 128});
        assertFlat(avutil.AV_PIX_FMT_YUVJ420P, new int[] {235, 240, 16}, new int[] {235, 240, 16});
    }

    private void assertFlat(int format, int[] video, int[] expected) throws Exception {
        TurboJpegPresence.assume();
        for (int size : new int[] {32, 33}) {
            try (VideoPicture picture = VideoPicture.window()) {
                AVFrame frame = flat(format, size, video);
                picture.show(frame);
                YuvImage planes = decoder.decode(encoder.encode(picture));
                avutil.av_frame_free(frame);
                assertThat(new int[] {
                            planes.luma().data().get(5) & 0xff,
                            planes.cb().data().get(5) & 0xff,
                            planes.cr().data().get(5) & 0xff
                        })
                        .as("%d pixels, format %d", size, format)
                        .satisfies(values -> {
                            for (int i = 0; i < 3; i++) {
                                // what is left is the quantization's
                                assertThat(values[i]).isCloseTo(expected[i], within(2));
                            }
                        });
            }
        }
    }

    private static AVFrame flat(int format, int size, int... values) {
        AVFrame frame = frame(format, size);
        for (int i = 0; i < 3; i++) {
            for (int at = 0; at < frame.linesize(i) * (i == 0 ? size : (size + 1) / 2); at++) {
                frame.data(i).put(at, (byte) values[i]);
            }
        }
        return frame;
    }

    private static AVFrame frame(int format, int size) {
        AVFrame frame = avutil.av_frame_alloc();
        frame.format(format);
        frame.width(size);
        frame.height(size);
        assertThat(avutil.av_frame_get_buffer(frame, /* align= */ 0)).isZero();
        return frame;
    }

    @Test
    void planesAreTakenOnlyWhereTheirRangeIsCertain() {
        assertThat(hasPlanes(avutil.AV_PIX_FMT_YUV420P, avutil.AVCOL_RANGE_UNSPECIFIED))
                .isTrue();
        assertThat(hasPlanes(avutil.AV_PIX_FMT_YUV420P, avutil.AVCOL_RANGE_MPEG))
                .isTrue();
        assertThat(hasPlanes(avutil.AV_PIX_FMT_YUV420P, avutil.AVCOL_RANGE_JPEG))
                .isFalse();
        assertThat(hasPlanes(avutil.AV_PIX_FMT_YUVJ420P, avutil.AVCOL_RANGE_JPEG))
                .isTrue();
        assertThat(hasPlanes(avutil.AV_PIX_FMT_YUVJ420P, avutil.AVCOL_RANGE_MPEG))
                .isFalse();
        assertThat(hasPlanes(avutil.AV_PIX_FMT_NV12, avutil.AVCOL_RANGE_MPEG)).isFalse();
        assertThat(hasPlanes(avutil.AV_PIX_FMT_YUV422P, avutil.AVCOL_RANGE_MPEG))
                .isFalse();
    }

    private static boolean hasPlanes(int format, int range) {
        try (VideoPicture picture = VideoPicture.window()) {
            AVFrame frame = frame(format, /* size= */ 32);
            frame.color_range(range);
            picture.show(frame);
            boolean has = picture.hasPlanes();
            avutil.av_frame_free(frame);
            return has;
        }
    }

    @Test
    void otherFormatsAreEncodedByWayOfBgr() throws Exception {
        for (Path file : new Path[] {
            TestingVideo.lossless(folder.resolve("444.avi"), 64, 48, 1, avutil.AV_PIX_FMT_YUV444P),
            TestingVideo.raw(folder.resolve("raw.avi"), 64, 48, 1)
        }) {
            try (ClipReader clip = ClipReader.open(file)) {
                assertThat(clip.advance()).isTrue();
                assertThat(encoder.encode(clip.picture()))
                        .isEqualTo(byBgr.encode(clip.picture()))
                        .isEqualTo(byBgr.encode(clip.image()));
            }
        }
    }

    @Test
    void aCopyStaysWhatItWasWhateverSizeItHadBefore() throws Exception {
        Path small = TestingVideo.lossless(folder.resolve("small.avi"), 65, 47, 2, avutil.AV_PIX_FMT_YUV420P);
        Path large = TestingVideo.mjpeg(folder.resolve("large.avi"), 128, 96, 2);
        Path raw = TestingVideo.raw(folder.resolve("raw.avi"), 66, 50, 2);
        try (VideoPicture copy = new VideoPicture()) {
            for (Path file : new Path[] {small, large, raw, small}) {
                try (ClipReader clip = ClipReader.open(file)) {
                    assertThat(clip.advance()).isTrue();
                    byte[] jpeg = encoder.encode(clip.picture());
                    byte[] pixels = TestingPictures.bytes(clip.image());
                    copy.copyFrom(clip.picture());
                    assertThat(clip.advance()).isTrue();
                    assertThat(copy.width()).isEqualTo(clip.width());
                    assertThat(copy.height()).isEqualTo(clip.height());
                    assertThat(encoder.encode(copy)).isEqualTo(jpeg).isNotEqualTo(encoder.encode(clip.picture()));
                    assertThat(Arrays.mismatch(TestingPictures.bytes(copy.pixels()), pixels))
                            .isEqualTo(-1);
                }
            }
        }
    }

    private double difference(byte[] jpeg, byte[] other) throws ImageFormatException {
        return TestingPictures.meanDifference(pixels(jpeg), pixels(other));
    }

    private double difference(byte[] jpeg, BgrImage other) throws ImageFormatException {
        return TestingPictures.meanDifference(pixels(jpeg), TestingPictures.bytes(other));
    }

    private byte[] pixels(byte[] jpeg) throws ImageFormatException {
        try (BgrImage image = new BgrImage()) {
            decoder.decode(jpeg, image);
            return TestingPictures.bytes(image);
        }
    }

    @AfterEach
    void close() {
        encoder.close();
        byBgr.close();
        decoder.close();
    }
}
