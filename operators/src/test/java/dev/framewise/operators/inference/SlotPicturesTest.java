package dev.framewise.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.operators.frame.FrameTask;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.JpegHeader;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.track.HalfPicture;
import dev.framewise.vision.track.JpegPixels;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlotPicturesTest {
    /** A restored tracker decodes the picture again: it must see what it saw when the detector had decoded it. */
    @ParameterizedTest
    @EnumSource(
            value = JpegScale.class,
            names = {"FULL", "HALF"})
    void whatIsKeptIsWhatIsDecodedAgain(JpegScale scale) throws Exception {
        byte[] first = jpeg(/* step= */ 3);
        byte[] second = jpeg(/* step= */ 7);
        FrameTask[] tasks = {new FrameTask(), new FrameTask()};
        try (JpegDecoder decoder = new JpegDecoder();
                SlotPictures pictures = new SlotPictures(2);
                JpegPixels again = new JpegPixels(JpegHeader.DEFAULT_MAX_PIXELS)) {
            pictures.keep(0, decoder.decode(first, scale), tasks[0]);
            pictures.keep(1, decoder.decode(second, scale), tasks[1]);
            HalfPicture kept = new HalfPicture();
            HalfPicture decoded = new HalfPicture();
            assertThat(tasks[0].pixels.read(kept)).isTrue();
            assertThat(again.of(first, tasks[0].decodedAt).read(decoded)).isTrue();
            assertThat(pixels(kept)).isEqualTo(pixels(decoded));
            assertThat(kept.hasColour()).isTrue();
            tasks[1].pixels.read(kept);
            assertThat(pixels(kept)).as("each slot has its own").isNotEqualTo(pixels(decoded));
            again.of(second, tasks[1].decodedAt).read(decoded);
            assertThat(pixels(kept)).isEqualTo(pixels(decoded));
            // The next pictures lie in memory that was handed back.
            pictures.keep(1, decoder.decode(first, scale), tasks[1]);
            again.of(first, tasks[1].decodedAt).read(decoded);
            tasks[1].pixels.read(kept);
            assertThat(pixels(kept)).isEqualTo(pixels(decoded));
        }
    }

    @Test
    void aPictureTooSmallIsLeftToTheTracker() throws Exception {
        FrameTask task = new FrameTask();
        try (JpegDecoder decoder = new JpegDecoder();
                SlotPictures pictures = new SlotPictures(1)) {
            pictures.keep(0, decoder.decode(jpeg(/* step= */ 3), JpegScale.QUARTER), task);
            assertThat(task.pixels).isNull();
            assertThat(task.decodedAt).isNull();
        }
    }

    private static byte[] pixels(HalfPicture picture) {
        byte[] all = Arrays.copyOf(
                picture.luma(),
                picture.width() * picture.height() + 2 * picture.chromaWidth() * picture.chromaHeight());
        int at = picture.width() * picture.height();
        int size = picture.chromaWidth() * picture.chromaHeight();
        System.arraycopy(picture.cb(), 0, all, at, size);
        System.arraycopy(picture.cr(), 0, all, at + size, size);
        return all;
    }

    private static byte[] jpeg(int step) throws Exception {
        BgrImage image = new BgrImage(97, 65);
        ByteBuffer bytes = image.buffer();
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, (byte) (step * i / 5));
        }
        try (JpegEncoder encoder = new JpegEncoder(/* quality= */ 90)) {
            return encoder.encode(image);
        }
    }
}
