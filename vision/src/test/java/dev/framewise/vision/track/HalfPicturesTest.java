package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.image.TestingPictures;
import dev.framewise.vision.image.YuvImage;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfPicturesTest {
    /** Planes of even widths lie without gaps, those of odd ones have a byte behind each row. */
    @ParameterizedTest
    @CsvSource({"96, 64, FULL", "97, 65, FULL", "98, 62, FULL", "96, 64, HALF", "97, 65, HALF", "98, 62, HALF"})
    void everyPixelIsWhereItWas(int width, int height, JpegScale scale) throws Exception {
        byte[] jpeg = TestingPictures.jpeg(width, height, /* seed= */ 3);
        HalfPicture half = new HalfPicture();
        try (JpegDecoder decoder = new JpegDecoder();
                HalfPictures halves = new HalfPictures()) {
            YuvImage decoded = decoder.decode(jpeg, scale);
            halves.copy(decoded, half);
            assertThat(half.width()).isEqualTo((width + 1) / 2);
            assertThat(half.height()).isEqualTo((height + 1) / 2);
            assertSame(half.cb(), half.chromaWidth(), half.chromaHeight(), decoded.cb());
            assertSame(half.cr(), half.chromaWidth(), half.chromaHeight(), decoded.cr());
            if (scale == JpegScale.HALF) {
                assertSame(half.luma(), half.width(), half.height(), decoded.luma());
            } else if (width % 2 == 0) {
                assertMeans(half, decoded.luma());
            }
        }
    }

    private static void assertSame(byte[] pixels, int width, int height, Mat plane) {
        assertThat(plane.cols()).isEqualTo(width);
        assertThat(plane.rows()).isEqualTo(height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                assertThat(pixels[y * width + x])
                        .as("at %d,%d", x, y)
                        .isEqualTo(plane.ptr(y, x).get());
            }
        }
    }

    private static void assertMeans(HalfPicture half, Mat luma) {
        for (int y = 0; y < half.height(); y++) {
            for (int x = 0; x < half.width(); x++) {
                double sum = at(luma, 2 * x, 2 * y)
                        + at(luma, 2 * x + 1, 2 * y)
                        + at(luma, 2 * x, 2 * y + 1)
                        + at(luma, 2 * x + 1, 2 * y + 1);
                assertThat((double) (half.luma()[y * half.width() + x] & 0xFF))
                        .as("at %d,%d", x, y)
                        .isCloseTo(sum / 4, within(0.5));
            }
        }
    }

    private static int at(Mat plane, int x, int y) {
        return plane.ptr(y, x).get() & 0xFF;
    }
}
