package dev.framewise.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.directive.PictureOrder;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.JpegHeader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureShaperTest {
    private final PictureShaper shaper = new PictureShaper(/* ownQuality= */ 90);

    @AfterEach
    void close() {
        shaper.close();
    }

    @Test
    void aPictureOfWhichNothingIsWantedKeepsItsBytes() throws Exception {
        Picture picture = jpeg();

        assertThat(shaper.shape(picture, PictureOrder.NONE).jpeg()).isSameAs(picture.jpeg());
        assertThat(shaper.shape(picture, new PictureOrder(null, 160, "int8")).jpeg())
                .as("as wide as it may be")
                .isSameAs(picture.jpeg());
    }

    @Test
    void aJpegIsMadeNarrowerAndShowsTheSame() throws Exception {
        PictureShaper.Shaped shaped = shaper.shape(jpeg(), new PictureOrder(null, 64, null));

        assertThat(shaped.width()).isEqualTo(64);
        assertThat(shaped.height()).isEqualTo(48);
        assertThat(JpegHeader.parse(shaped.jpeg())).isEqualTo(new JpegHeader(64, 48, 3));
        assertThat(brightest(shaped.jpeg()))
                .as("the square from 0, 60 to 16, 76, at two fifths of its size")
                .isEqualTo("0..5, 24..29");
    }

    @Test
    void aJpegIsEncodedAgainWhereThatMakesItSmaller() throws Exception {
        Picture picture = jpeg();

        assertThat(shaper.shape(picture, new PictureOrder(20, null, null)).jpeg().length)
                .isLessThan(picture.jpeg().length);
        assertThat(shaper.shape(picture, new PictureOrder(100, null, null)).jpeg())
                .as("it would only grow")
                .isSameAs(picture.jpeg());
    }

    @Test
    void aPictureThatIsDecodedAlreadyIsNotDecodedAgain() throws Exception {
        try (TestPattern pattern = TestPattern.open("test:320x240@10", /* jpegQuality= */ 90)) {
            Picture picture = pattern.next();
            assertThat(shaper.shape(picture, new PictureOrder(20, null, null)).jpeg().length)
                    .isLessThan(picture.jpeg().length);
            PictureShaper.Shaped small = shaper.shape(picture, new PictureOrder(null, 100, null));
            assertThat(JpegHeader.parse(small.jpeg())).isEqualTo(new JpegHeader(100, 75, 3));
        }
    }

    @Test
    void aVideosPictureGetsAnotherQualityStraightFromItsPlanes(@TempDir Path directory) throws Exception {
        Path clip = TestingClip.mpeg4(directory.resolve("clip.avi"), /* frames= */ 1);
        try (ClipReader reader = ClipReader.open(clip);
                JpegEncoder encoder = new JpegEncoder(20);
                FrameSource source = new VideoSources().open(clip.toString(), /* jpegQuality= */ 90)) {
            assertThat(reader.advance()).isTrue();
            Picture picture = source.next();
            assertThat(shaper.shape(picture, PictureOrder.NONE).jpeg()).isSameAs(picture.jpeg());
            assertThat(shaper.shape(picture, new PictureOrder(20, null, null)).jpeg())
                    .isEqualTo(encoder.encode(reader.picture()));
            assertThat(picture.pixels().buffer()).isEqualTo(reader.image().buffer());
            PictureShaper.Shaped small = shaper.shape(picture, new PictureOrder(null, 64, null));
            assertThat(JpegHeader.parse(small.jpeg())).isEqualTo(new JpegHeader(64, 48, 3));
            assertThat(brightest(small.jpeg())).isEqualTo("0..5, 16..21");
        }
    }

    private static Picture jpeg() {
        try (TestPattern pattern = TestPattern.open("test:160x120@10", /* jpegQuality= */ 95)) {
            return new JpegPicture(160, 120, pattern.next().jpeg());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Columns and rows of what is clearly brighter than the ramp, which is dark in the left half. */
    private static String brightest(byte[] jpeg) throws Exception {
        int left = Integer.MAX_VALUE;
        int right = 0;
        int top = Integer.MAX_VALUE;
        int bottom = 0;
        try (JpegDecoder decoder = new JpegDecoder();
                BgrImage image = new BgrImage()) {
            decoder.decode(jpeg, image);
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width() / 2; x++) {
                    if ((image.buffer().get(3 * (y * image.width() + x)) & 0xff) > 200) {
                        left = Math.min(left, x);
                        right = Math.max(right, x);
                        top = Math.min(top, y);
                        bottom = Math.max(bottom, y);
                    }
                }
            }
        }
        return left + ".." + right + ", " + top + ".." + bottom;
    }
}
