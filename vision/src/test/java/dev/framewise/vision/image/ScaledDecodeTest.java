package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.framewise.vision.image.ImageFormatException.Problem;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A JPEG decoded to less than its size is what its full size, scaled down, is. */
class ScaledDecodeTest {
    private static final JpegScale[] SMALLER = {JpegScale.QUARTER, JpegScale.HALF};

    private final JpegDecoder fullDecoder = new JpegDecoder();
    private JpegDecoder decoder;

    /** Whether libjpeg-turbo decodes what it can. */
    boolean byTurbo() {
        return true;
    }

    @BeforeEach
    void open() {
        if (byTurbo()) {
            TurboJpegPresence.assume();
        }
        decoder = new JpegDecoder(JpegHeader.DEFAULT_MAX_PIXELS, byTurbo());
    }

    @AfterEach
    void close() {
        if (decoder != null) {
            decoder.close();
        }
        fullDecoder.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0x221111, 320, 240, 5",
        "0x221111, 333, 251, 5",
        "0x211111, 333, 251, 5",
        "0x121111, 333, 251, 5",
        "0x111111, 333, 251, 5",
        "0x411111, 333, 251, 5",
        "0x221111, 16, 16, 15",
        "0x221111, 41, 39, 12"
    })
    void isTheMeanOfTheFullSize(String sampling, int width, int height, double tolerance) throws ImageFormatException {
        byte[] jpeg = jpeg(width, height, opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR, Integer.decode(sampling));
        assertIsMean(jpeg, width, height, tolerance);
    }

    @Test
    void greyPicturesToo() throws ImageFormatException {
        try (BgrImage scene = TestingPictures.scene(333, 251, /* seed= */ 5);
                Mat grey = new Mat()) {
            opencv_core.extractChannel(scene.mat(), grey, 1);
            byte[] jpeg = TestingPictures.jpeg(grey);
            assertThat(decoder.decode(jpeg, JpegScale.HALF).isGrey()).isTrue();
            assertIsMean(jpeg, 333, 251, /* tolerance= */ 5);
        }
    }

    @Test
    void restartMarkersAndTablesOfTheEncodersOwn() throws ImageFormatException {
        assertIsMean(jpeg(333, 251, opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 7), 333, 251, /* tolerance= */ 5);
        assertIsMean(jpeg(333, 251, opencv_imgcodecs.IMWRITE_JPEG_OPTIMIZE, 1), 333, 251, /* tolerance= */ 5);
        assertIsMean(jpeg(333, 251, opencv_imgcodecs.IMWRITE_JPEG_QUALITY, 100), 333, 251, /* tolerance= */ 5);
        assertIsMean(jpeg(333, 251, opencv_imgcodecs.IMWRITE_JPEG_QUALITY, 20), 333, 251, /* tolerance= */ 5);
        assertIsMean(jpeg(333, 251), 333, 251, /* tolerance= */ 5);
    }

    private void assertIsMean(byte[] jpeg, int width, int height, double tolerance) throws ImageFormatException {
        YuvImage full = fullDecoder.decode(jpeg);
        for (JpegScale scale : SMALLER) {
            YuvImage scaled = decoder.decode(jpeg, scale);
            assertThat(scaled.sourceWidth()).isEqualTo(width);
            assertThat(scaled.sourceHeight()).isEqualTo(height);
            assertThat(scaled.width()).isEqualTo(scale.lengthOf(width));
            assertThat(scaled.height()).isEqualTo(scale.lengthOf(height));
            assertThat(difference(full.luma(), scaled.luma()))
                    .as("luma %s", scale)
                    .isLessThan(tolerance);
            if (!full.isGrey()) {
                assertThat(difference(full.cb(), scaled.cb()))
                        .as("cb %s", scale)
                        .isLessThan(tolerance);
                assertThat(difference(full.cr(), scaled.cr()))
                        .as("cr %s", scale)
                        .isLessThan(tolerance);
            }
        }
    }

    /** Mean difference, where edges of rectangles count most: a mean of pixels has no overshoot there. */
    private static double difference(Mat full, Mat scaled) {
        try (Mat mean = new Mat();
                Mat difference = new Mat();
                Size size = scaled.size()) {
            opencv_imgproc.resize(full, mean, size, /* fx= */ 0, /* fy= */ 0, opencv_imgproc.INTER_AREA);
            opencv_core.absdiff(mean, scaled, difference);
            return opencv_core.mean(difference).get(0);
        }
    }

    /** Decoders differ in what they make of a block's higher frequencies, and so at sharp edges only. */
    @ParameterizedTest
    @CsvSource({"QUARTER, 333, 251, 90", "HALF, 333, 251, 90", "HALF, 640, 480, 30", "HALF, 320, 240, 98"})
    void differsFromFfmpegAtSharpEdgesOnly(JpegScale scale, int width, int height, int quality)
            throws ImageFormatException {
        byte[] jpeg = jpeg(width, height, opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality);
        try (FfmpegJpeg ffmpeg = new FfmpegJpeg(scale);
                Mat difference = new Mat()) {
            YuvImage theirs = ffmpeg.decode(jpeg, JpegHeader.parse(jpeg));
            YuvImage ours = decoder.decode(jpeg, scale);
            opencv_core.absdiff(theirs.luma(), ours.luma(), difference);
            assertThat(opencv_core.countNonZero(difference)).isLessThan(ours.width() * ours.height() / 2);
            assertThat(opencv_core.mean(difference).get(0)).isLessThan(1);
            opencv_core.absdiff(theirs.cr(), ours.cr(), difference);
            assertThat(opencv_core.mean(difference).get(0)).isLessThan(1);
        }
    }

    @Test
    void progressivePicturesToo() throws ImageFormatException {
        byte[] jpeg = jpeg(320, 240, opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
        assertThat(decoder.decode(jpeg, JpegScale.HALF).width()).isEqualTo(160);
        try (LumaPlane plane = new LumaPlane()) {
            decoder.decodeLuma(jpeg, JpegScale.HALF, plane);
            assertThat(plane.width()).isEqualTo(160);
        }
    }

    /** The tables of one camera must not be used for the pictures of another that leaves them out. */
    @Test
    void missingHuffmanTablesAreThoseOfTheStandard() throws ImageFormatException {
        byte[] usual = jpeg(64, 48);
        byte[] bare = TestingPictures.withoutHuffmanTables(usual);
        byte[] other = jpeg(64, 48, opencv_imgcodecs.IMWRITE_JPEG_OPTIMIZE, 1);
        byte[] expected = half(usual);
        assertThat(half(bare)).isEqualTo(expected);
        half(other);
        assertThat(half(bare)).isEqualTo(expected);
        half(other);
        assertThat(half(usual)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = JpegScale.class,
            names = {"QUARTER", "HALF"})
    void lumaAloneIsTheLumaOfTheWhole(JpegScale scale) throws ImageFormatException {
        byte[] jpeg = jpeg(333, 251);
        byte[] whole = bytes(decoder.decode(jpeg, scale).luma());
        try (LumaPlane plane = new LumaPlane()) {
            decoder.decodeLuma(jpeg, scale, plane);
            assertThat(bytes(plane.mat())).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "768, 576, FULL",
        "1246, 700, FULL",
        "1280, 720, HALF",
        "1920, 1080, HALF",
        "720, 1280, HALF",
        "2560, 1440, QUARTER",
        "320, 240, FULL"
    })
    void halfIsTakenWhereItIsLargeEnoughForTheNetwork(int width, int height, JpegScale expected) {
        try (FloatPointer slot = new FloatPointer(3L * 416 * 416);
                Letterbox letterbox = new Letterbox(slot, 416, 416)) {
            assertThat(letterbox.scaleFor(width, height)).isEqualTo(expected);
            assertThat(letterbox.geometry()).as("nothing is written yet").isNull();
        }
    }

    @Test
    void aCutPictureIsTruncatedOrCorrupt() {
        byte[] jpeg = jpeg(320, 240);
        for (int length = 2; length < jpeg.length; length += 61) {
            assertThat(problemOf(Arrays.copyOf(jpeg, length))).isEqualTo(Problem.TRUNCATED);
        }
        byte[] closed = Arrays.copyOf(jpeg, jpeg.length / 2);
        closed[closed.length - 2] = (byte) 0xFF;
        closed[closed.length - 1] = (byte) 0xD9;
        assertThat(problemOf(closed)).isEqualTo(Problem.CORRUPT);
    }

    /** Many cameras leave some bytes between their scan and the end marker. */
    @Test
    void bytesBehindAWholeScanDoNoHarm() throws ImageFormatException {
        byte[] jpeg = jpeg(320, 240);
        byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 4);
        System.arraycopy(jpeg, jpeg.length - 2, longer, longer.length - 2, 2);
        Arrays.fill(longer, jpeg.length - 2, longer.length - 2, (byte) 0x5A);
        assertThat(decoder.decode(longer, JpegScale.HALF).width()).isEqualTo(160);
        assertThat(decoder.decode(longer).width()).isEqualTo(320);
    }

    @Test
    void aLostRestartMarkerIsCorrupt() {
        byte[] jpeg = jpeg(320, 240, opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 20);
        int marker = 2;
        while ((jpeg[marker] & 0xFF) != 0xFF || (jpeg[marker + 1] & 0xFF) != 0xD3) {
            marker++;
        }
        byte[] lost = Arrays.copyOf(jpeg, jpeg.length - 2);
        System.arraycopy(jpeg, marker + 2, lost, marker, jpeg.length - marker - 2);
        assertThat(problemOf(lost)).isEqualTo(Problem.CORRUPT);
    }

    @Test
    void noticesDamage() {
        SplittableRandom random = new SplittableRandom(1);
        int noticed = 0;
        for (int i = 0; i < 200; i++) {
            byte[] damaged = TestingPictures.jpeg(320, 240, /* seed= */ i);
            for (int flip = 0; flip < 8; flip++) {
                damaged[damaged.length / 4 + random.nextInt(damaged.length / 2)] ^= (byte) (1 << random.nextInt(8));
            }
            noticed += isRefused(damaged, JpegScale.HALF) ? 1 : 0;
        }
        assertThat(noticed).isGreaterThan(100);
    }

    @Test
    void mutantsNeitherCrashNorLeaveATrace() throws ImageFormatException {
        byte[] sound = TestingPictures.jpeg(160, 120, /* seed= */ 7);
        byte[] expected = half(sound);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 3000; i++) {
            byte[] mutant = sound.clone();
            for (int flip = random.nextInt(1, 12); flip > 0; flip--) {
                mutant[random.nextInt(i % 3 == 0 ? mutant.length : 700)] ^= (byte) (1 << random.nextInt(8));
            }
            isRefused(mutant, SMALLER[i % 2]);
            if (i % 50 == 0) {
                assertThat(half(sound)).as("after mutant %d", i).isEqualTo(expected);
            }
        }
    }

    private boolean isRefused(byte[] jpeg, JpegScale scale) {
        try {
            decoder.decode(jpeg, scale);
            return false;
        } catch (ImageFormatException e) {
            return true;
        }
    }

    private Problem problemOf(byte[] jpeg) {
        return catchThrowableOfType(ImageFormatException.class, () -> decoder.decode(jpeg, JpegScale.HALF))
                .problem();
    }

    private byte[] half(byte[] jpeg) throws ImageFormatException {
        return bytes(decoder.decode(jpeg, JpegScale.HALF).luma());
    }

    private static byte[] bytes(Mat plane) {
        try (Mat whole = plane.clone()) {
            byte[] bytes = new byte[(int) whole.total()];
            whole.data().get(bytes);
            return bytes;
        }
    }

    private static byte[] jpeg(int width, int height, int... parameters) {
        try (BgrImage scene = TestingPictures.scene(width, height, /* seed= */ 5)) {
            return TestingPictures.jpeg(scene, parameters);
        }
    }
}
