package dev.framewise.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.framewise.vision.image.ImageFormatException.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JpegHeaderTest {
    private final byte[] jpeg = TestingPictures.jpeg(64, 48, /* seed= */ 1);

    @Test
    void readsSizeAndComponents() throws ImageFormatException {
        assertThat(JpegHeader.parse(jpeg)).isEqualTo(new JpegHeader(64, 48, 3));
    }

    /** A baseline picture's scan of three components has a header of twelve bytes, which the last segment before the data is. */
    @Test
    void theHeaderEndsBehindTheScansHeader() throws ImageFormatException {
        int at = JpegHeader.scanAt(jpeg);
        assertThat(Arrays.copyOfRange(jpeg, at - 14, at - 10)).containsExactly(0xFF, 0xDA, 0, 12);
        byte[] filled = new byte[jpeg.length + 2];
        System.arraycopy(jpeg, 0, filled, 0, 2);
        Arrays.fill(filled, 2, 4, (byte) 0xFF);
        System.arraycopy(jpeg, 2, filled, 4, jpeg.length - 2);
        assertThat(JpegHeader.parse(filled)).isEqualTo(new JpegHeader(64, 48, 3));
        assertThat(JpegHeader.scanAt(filled)).isEqualTo(at + 2);
    }

    @Test
    void bytesBehindTheEndDoNoHarm() throws ImageFormatException {
        assertThat(JpegHeader.parse(Arrays.copyOf(jpeg, jpeg.length + 512))).isEqualTo(new JpegHeader(64, 48, 3));
    }

    @Test
    void everyPrefixIsRefused() {
        assertThat(problemOf(new byte[0])).isEqualTo(Problem.EMPTY);
        assertThat(problemOf(Arrays.copyOf(jpeg, 1))).isEqualTo(Problem.NOT_A_JPEG);
        for (int length = 2; length < jpeg.length; length++) {
            assertThat(problemOf(Arrays.copyOf(jpeg, length)))
                    .as("%d of %d bytes", length, jpeg.length)
                    .isEqualTo(Problem.TRUNCATED);
        }
    }

    @Test
    void otherFormatsAreNoJpeg() {
        assertThat(problemOf("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(Problem.NOT_A_JPEG);
        assertThat(problemOf(new byte[1000])).isEqualTo(Problem.NOT_A_JPEG);
    }

    @Test
    void sizesAreChecked() {
        assertThat(problemOf(withSize(0, 48))).isEqualTo(Problem.ZERO_SIZE);
        assertThat(problemOf(withSize(64, 0))).isEqualTo(Problem.ZERO_SIZE);
        assertThat(problemOf(withSize(20_000, 20_000))).isEqualTo(Problem.TOO_LARGE);
        assertThat(problemOf(withSize(65_535, 65_535))).isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void theLimitIsTheCallers() throws ImageFormatException {
        assertThat(JpegHeader.parse(jpeg, /* maxPixels= */ 64 * 48)).isEqualTo(new JpegHeader(64, 48, 3));
        ImageFormatException refused = catchThrowableOfType(
                ImageFormatException.class, () -> JpegHeader.parse(jpeg, /* maxPixels= */ 64 * 48 - 1));
        assertThat(refused.problem()).isEqualTo(Problem.TOO_LARGE);
        assertThat(refused).hasMessageContaining("64x48").hasMessageContaining("3071");
    }

    @Test
    void otherCodingProcessesAreUnsupported() {
        for (int marker : new int[] {0xC3, 0xC5, 0xC9, 0xCA, 0xCF}) {
            byte[] other = jpeg.clone();
            other[frameHeader() + 1] = (byte) marker;
            assertThat(problemOf(other)).as("FF %02X", marker).isEqualTo(Problem.UNSUPPORTED);
        }
        byte[] twelveBits = jpeg.clone();
        twelveBits[frameHeader() + 4] = 12;
        assertThat(problemOf(twelveBits)).isEqualTo(Problem.UNSUPPORTED);
        byte[] cmyk = jpeg.clone();
        cmyk[frameHeader() + 9] = 4;
        assertThat(problemOf(cmyk)).isEqualTo(Problem.UNSUPPORTED);
    }

    @Test
    void aBrokenHeaderIsCorrupt() {
        byte[] noMarker = jpeg.clone();
        noMarker[2] = 0;
        assertThat(problemOf(noMarker)).isEqualTo(Problem.CORRUPT);
        byte[] noFrame = jpeg.clone();
        // FE is a comment: the scan then stands before any frame header.
        noFrame[frameHeader() + 1] = (byte) 0xFE;
        assertThat(problemOf(noFrame)).isEqualTo(Problem.CORRUPT);
        assertThat(problemOf(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9}))
                .isEqualTo(Problem.CORRUPT);
    }

    private byte[] withSize(int width, int height) {
        byte[] changed = jpeg.clone();
        int at = frameHeader();
        changed[at + 5] = (byte) (height >> 8);
        changed[at + 6] = (byte) height;
        changed[at + 7] = (byte) (width >> 8);
        changed[at + 8] = (byte) width;
        return changed;
    }

    /** Index of the FF of the frame header FF C0. */
    private int frameHeader() {
        for (int i = 0; ; i++) {
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
                return i;
            }
        }
    }

    private static Problem problemOf(byte[] bytes) {
        return catchThrowableOfType(ImageFormatException.class, () -> JpegHeader.parse(bytes))
                .problem();
    }
}
