package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.framewise.vision.image.ImageFormatException.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegDecoderTest {
    private final BgrImage decoded = new BgrImage();
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
        decoder = newDecoder();
    }

    private JpegDecoder newDecoder() {
        return new JpegDecoder(JpegHeader.DEFAULT_MAX_PIXELS, byTurbo());
    }

    @AfterEach
    void close() {
        decoded.close();
        if (decoder != null) {
            decoder.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x221111, 96, 64, 1",
        "0x211111, 96, 64, 1",
        "0x121111, 96, 64, 1",
        "0x111111, 96, 64, 1",
        // Here libjpeg repeats chroma where we interpolate.
        "0x411111, 96, 64, 2.5",
        // Odd sizes: half a pixel of chroma counts in pictures as small as these.
        "0x221111, 97, 63, 2.5",
        "0x211111, 97, 63, 2.5",
        "0x121111, 97, 63, 2.5",
        "0x221111, 15, 17, 7",
        "0x221111, 1, 1, 7"
    })
    void agreesWithLibjpegForEachSamplingOfChroma(String sampling, int width, int height, double tolerance)
            throws ImageFormatException {
        try (BgrImage scene = TestingPictures.scene(width, height, /* seed= */ 5)) {
            byte[] jpeg = TestingPictures.jpeg(
                    scene,
                    opencv_imgcodecs.IMWRITE_JPEG_QUALITY,
                    90,
                    opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
                    Integer.decode(sampling));
            decoder.decode(jpeg, decoded);
            assertThat(decoded.width()).isEqualTo(width);
            assertThat(decoded.height()).isEqualTo(height);
            // The two differ in how they enlarge chroma, at the edges of the rectangles most.
            assertThat(TestingPictures.meanDifference(TestingPictures.bytes(decoded), byOpenCv(jpeg)))
                    .isLessThan(tolerance);
        }
    }

    /** A decoder remembers the header that a camera repeats; pictures of another camera have another. */
    @Test
    void picturesOfSeveralCamerasInTurnAreReadEachByItsOwnHeader() throws ImageFormatException {
        List<byte[]> jpegs = new ArrayList<>();
        for (int seed = 5; seed < 7; seed++) {
            try (BgrImage scene = TestingPictures.scene(96, 64, seed);
                    Mat grey = new Mat()) {
                for (String sampling : List.of("0x221111", "0x111111", "0x211111")) {
                    jpegs.add(TestingPictures.jpeg(
                            scene, opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR, Integer.decode(sampling)));
                }
                opencv_core.extractChannel(scene.mat(), grey, 1);
                jpegs.add(TestingPictures.jpeg(grey));
            }
        }
        for (int from = 0; from < jpegs.size(); from++) {
            for (int to = 0; to < jpegs.size(); to++) {
                decoder.decode(jpegs.get(from), decoded);
                decoder.decode(jpegs.get(to), decoded);
                byte[] found = TestingPictures.bytes(decoded);
                try (JpegDecoder other = newDecoder()) {
                    other.decode(jpegs.get(to), decoded);
                }
                assertThat(found).as("%d behind %d", to, from).isEqualTo(TestingPictures.bytes(decoded));
            }
        }
    }

    @Test
    void readsProgressivePictures() throws ImageFormatException {
        try (BgrImage scene = TestingPictures.scene(96, 64, /* seed= */ 5)) {
            byte[] jpeg = TestingPictures.jpeg(scene, opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
            decoder.decode(jpeg, decoded);
            assertThat(TestingPictures.meanDifference(TestingPictures.bytes(decoded), byOpenCv(jpeg)))
                    .isLessThan(1.5);
        }
    }

    @Test
    void greyStaysGrey() throws ImageFormatException {
        byte[] jpeg;
        try (BgrImage scene = TestingPictures.scene(96, 64, /* seed= */ 5);
                Mat grey = new Mat()) {
            opencv_core.extractChannel(scene.mat(), grey, 1);
            jpeg = TestingPictures.jpeg(grey);
        }
        assertThat(decoder.decode(jpeg).isGrey()).isTrue();
        decoder.decode(jpeg, decoded);
        assertThat(TestingPictures.meanDifference(TestingPictures.bytes(decoded), byOpenCv(jpeg)))
                .isLessThan(0.5);
    }

    @Test
    void componentsThatAreNoYCbCrAreUnsupported() {
        byte[] jpeg = TestingPictures.jpeg(64, 48, /* seed= */ 1);
        int frameHeader = TestingPictures.indexOfMarker(jpeg, 0xC0);
        int scanHeader = TestingPictures.indexOfMarker(jpeg, 0xDA);
        byte[] names = {'R', 'G', 'B'};
        for (int i = 0; i < 3; i++) {
            jpeg[frameHeader + 10 + 3 * i] = names[i];
            jpeg[frameHeader + 11 + 3 * i] = 0x11;
            jpeg[scanHeader + 5 + 2 * i] = names[i];
        }
        assertThat(problemOf(jpeg)).isIn(Problem.UNSUPPORTED, Problem.CORRUPT);
    }

    /** As UVC cameras and MJPEG in AVI send them: without the tables that everybody has. */
    @Test
    void readsPicturesWithoutTheirHuffmanTables() throws ImageFormatException {
        byte[] jpeg = TestingPictures.jpeg(64, 48, /* seed= */ 1);
        byte[] expected = pixels(jpeg);
        byte[] bare = TestingPictures.withoutHuffmanTables(jpeg);
        assertThat(bare.length).isLessThan(jpeg.length - 400);
        try (JpegDecoder fresh = newDecoder()) {
            fresh.decode(bare, decoded);
        }
        assertThat(TestingPictures.bytes(decoded)).isEqualTo(expected);
    }

    @Test
    void aClosedDecoderSaysSo() {
        decoder.close();
        assertThatThrownBy(() -> decoder.decode(TestingPictures.jpeg(64, 48, /* seed= */ 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void picturesOfDifferentCamerasMayAlternate() throws ImageFormatException {
        byte[] small = TestingPictures.jpeg(64, 48, /* seed= */ 1);
        byte[] large = TestingPictures.jpeg(320, 240, /* seed= */ 2);
        byte[] smallFirst = pixels(small);
        byte[] largeFirst = pixels(large);
        for (int i = 0; i < 5; i++) {
            assertThat(pixels(large)).isEqualTo(largeFirst);
            assertThat(pixels(small)).isEqualTo(smallFirst);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.9})
    void aPictureCutInTheMiddleIsTruncated(double kept) {
        byte[] jpeg = TestingPictures.jpeg(320, 240, /* seed= */ 3);
        assertThat(problemOf(Arrays.copyOf(jpeg, (int) (jpeg.length * kept)))).isEqualTo(Problem.TRUNCATED);
    }

    @Test
    void aPictureCutInTheMiddleAndClosedAgainIsCorrupt() {
        byte[] jpeg = TestingPictures.jpeg(320, 240, /* seed= */ 3);
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 2);
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;
        assertThat(problemOf(cut)).isEqualTo(Problem.CORRUPT);
    }

    @Test
    void aScanOfNoiseIsCorrupt() {
        byte[] jpeg = TestingPictures.jpeg(320, 240, /* seed= */ 3);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = jpeg.length / 2; i < jpeg.length - 2; i++) {
            jpeg[i] = (byte) random.nextInt(255);
        }
        assertThat(problemOf(jpeg)).isEqualTo(Problem.CORRUPT);
    }

    /** Each mutant is decoded or refused, and leaves no trace: the undamaged picture comes out the same ever after. */
    @Test
    void twoThousandMutantsNeitherCrashNorLeaveATrace() throws ImageFormatException {
        byte[] sound = TestingPictures.jpeg(160, 120, /* seed= */ 7);
        byte[] expected = pixels(sound);
        SplittableRandom random = new SplittableRandom(11);
        Map<Problem, Integer> refused = new EnumMap<>(Problem.class);
        for (int i = 0; i < 2000; i++) {
            byte[] mutant = mutate(sound, random);
            try {
                decoder.decode(mutant, decoded);
            } catch (ImageFormatException e) {
                refused.merge(e.problem(), 1, Integer::sum);
            }
            if (i % 50 == 0) {
                assertThat(pixels(sound)).as("after mutant %d", i).isEqualTo(expected);
            }
        }
        assertThat(pixels(sound)).isEqualTo(expected);
        assertThat(refused.get(Problem.TRUNCATED)).isGreaterThan(400);
        assertThat(refused.get(Problem.CORRUPT)).isGreaterThan(200);
    }

    private static byte[] mutate(byte[] sound, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(sound, 2 + random.nextInt(sound.length - 2));
            case 1 -> flip(sound, random, /* flips= */ 1 + random.nextInt(4), /* from= */ 0);
            case 2 -> flip(sound, random, /* flips= */ 1 + random.nextInt(40), /* from= */ sound.length / 3);
            default -> {
                int from = random.nextInt(sound.length - 64);
                byte[] shifted = sound.clone();
                System.arraycopy(sound, from + random.nextInt(64), shifted, from, 32);
                yield shifted;
            }
        };
    }

    private static byte[] flip(byte[] sound, SplittableRandom random, int flips, int from) {
        byte[] flipped = sound.clone();
        for (int i = 0; i < flips; i++) {
            flipped[from + random.nextInt(sound.length - from)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] pixels(byte[] jpeg) throws ImageFormatException {
        decoder.decode(jpeg, decoded);
        return TestingPictures.bytes(decoded);
    }

    private Problem problemOf(byte[] jpeg) {
        return catchThrowableOfType(ImageFormatException.class, () -> decoder.decode(jpeg))
                .problem();
    }

    private static byte[] byOpenCv(byte[] jpeg) {
        try (BytePointer bytes = new BytePointer(jpeg);
                Mat input = new Mat(1, jpeg.length, opencv_core.CV_8UC1, bytes);
                Mat image = opencv_imgcodecs.imdecode(input, opencv_imgcodecs.IMREAD_COLOR)) {
            byte[] pixels = new byte[(int) (image.total() * image.elemSize())];
            image.data().get(pixels);
            return pixels;
        }
    }
}
