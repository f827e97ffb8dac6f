package dev.framewise.vision.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.JpegHeader;
import dev.framewise.vision.image.JpegScale;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JpegPixelsTest {
    /** Odd on purpose: half of it is rounded up. */
    private static final int WIDTH = 101;

    private static final int HEIGHT = 67;

    private final JpegPixels pixels = new JpegPixels(JpegHeader.DEFAULT_MAX_PIXELS);
    private final HalfPicture picture = new HalfPicture();

    @AfterEach
    void close() {
        pixels.close();
    }

    @Test
    void lumaIsReadAtHalfSizeAndLooksLikeThePicture() throws Exception {
        assertThat(pixels.of(ramp(), /* newColourScale= */ null).read(picture)).isTrue();
        assertThat(picture.width()).isEqualTo((WIDTH + 1) / 2);
        assertThat(picture.height()).isEqualTo((HEIGHT + 1) / 2);
        assertThat(picture.hasColour()).isFalse();
        assertRamp();
    }

    @Test
    void colourIsReadAtBothScales() throws Exception {
        for (JpegScale scale : new JpegScale[] {JpegScale.HALF, JpegScale.FULL}) {
            assertThat(pixels.of(ramp(), scale).read(picture)).isTrue();
            assertThat(picture.width()).isEqualTo((WIDTH + 1) / 2);
            assertThat(picture.hasColour()).isTrue();
            assertRamp();
            assertThat(Byte.toUnsignedInt(picture.cb()[0]))
                    .as("grey has no blue")
                    .isBetween(126, 130);
        }
    }

    /** A restored tracker is given its last picture again: it must be the same, whatever was decoded before. */
    @Test
    void theSameBytesGiveTheSamePixels() throws Exception {
        pixels.of(ramp(), JpegScale.HALF).read(picture);
        byte[] first = Arrays.copyOf(picture.luma(), picture.width() * picture.height());
        try (JpegPixels others = new JpegPixels(JpegHeader.DEFAULT_MAX_PIXELS)) {
            HalfPicture again = new HalfPicture();
            assertThat(others.of(ramp(), /* newColourScale= */ null).read(again))
                    .isTrue();
            assertThat(Arrays.copyOf(again.luma(), first.length)).isEqualTo(first);
        }
    }

    @Test
    void whatIsNoPictureIsNotRead() throws Exception {
        assertThat(pixels.of(/* newJpeg= */ null, JpegScale.HALF).read(picture)).isFalse();
        byte[] jpeg = ramp();
        assertThat(pixels.of(Arrays.copyOf(jpeg, jpeg.length / 2), null).read(picture))
                .isFalse();
        assertThat(pixels.of(new byte[0], JpegScale.FULL).read(picture)).isFalse();
        assertThat(pixels.of(jpeg, null).read(picture)).isTrue();
    }

    private void assertRamp() {
        for (int x = 2; x < picture.width() - 2; x++) {
            int value = Byte.toUnsignedInt(picture.luma()[10 * picture.width() + x]);
            assertThat(value).as("x = %d", x).isBetween(4 * x - 3, 4 * x + 6);
        }
    }

    /** Grey that grows by two from column to column. */
    private static byte[] ramp() throws Exception {
        BgrImage image = new BgrImage(WIDTH, HEIGHT);
        ByteBuffer bytes = image.buffer();
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, (byte) (2 * (i / 3 % WIDTH)));
        }
        try (JpegEncoder encoder = new JpegEncoder(/* quality= */ 95)) {
            return encoder.encode(image);
        }
    }
}
