package dev.framewise.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.outbox.EventLog;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegEncoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a camera sends that goes on sending and shows nothing. */
class PictureWatchTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;

    private final TestingClock time = new TestingClock();
    private final EventLog events = new EventLog(time::micros);
    private final PictureWatch watch = new PictureWatch("gate", /* active= */ true, events, time);
    private final Random noise = new Random(1);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aLensCapIsToldOnceAndSoIsItsEnd() {
        see(dark(/* lampPixels= */ 0), 20);
        assertThat(watch.state()).isEqualTo(PictureWatch.State.BLACK);

        see(bright(), 20);
        assertThat(watch.state()).isEqualTo(PictureWatch.State.GOOD);
        assertThat(events.counts())
                .containsEntry(EventLog.Kind.PICTURE_BLACK, 1L)
                .containsEntry(EventLog.Kind.PICTURE_GOOD, 1L)
                .doesNotContainKey(EventLog.Kind.PICTURE_FROZEN);
    }

    @Test
    void aNightWithALampIsNotBlack() {
        see(dark(/* lampPixels= */ WIDTH * HEIGHT / 25), 20);

        assertThat(watch.state()).isEqualTo(PictureWatch.State.GOOD);
        assertThat(events.counts()).isEmpty();
    }

    @Test
    void garbageIsReportedAndNotTheEnd() {
        for (int i = 0; i < 20; i++) {
            byte[] garbage = new byte[500];
            noise.nextBytes(garbage);
            watch.see(garbage);
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(watch.state()).isEqualTo(PictureWatch.State.UNREADABLE);
        see(bright(), 6);
        assertThat(watch.state()).isEqualTo(PictureWatch.State.GOOD);
        assertThat(events.counts())
                .containsEntry(EventLog.Kind.PICTURE_UNREADABLE, 1L)
                .containsEntry(EventLog.Kind.PICTURE_GOOD, 1L);
    }

    @Test
    void aClipMayShowWhatItLikes() {
        PictureWatch clip = new PictureWatch("clip", /* active= */ false, events, time);
        byte[] black = dark(0);
        for (int i = 0; i < 20; i++) {
            clip.see(black);
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(clip.state()).isEqualTo(PictureWatch.State.GOOD);
    }

    /** The same scene for some seconds, each picture with a sensor's noise of its own. */
    private void see(byte[] first, int seconds) {
        byte[] scene = first;
        for (int i = 0; i < seconds; i++) {
            watch.see(scene);
            time.advance(Duration.ofSeconds(1));
            // a comment behind the end of the picture: other bytes, the same pixels
            scene = Arrays.copyOf(first, first.length + 1 + i);
        }
    }

    private byte[] dark(int lampPixels) {
        return jpeg(i -> i < lampPixels ? 230 : noise.nextInt(12));
    }

    private byte[] bright() {
        return jpeg(i -> 60 + i % WIDTH);
    }

    private interface Scene {
        int brightness(int pixel);
    }

    private static byte[] jpeg(Scene scene) {
        try (BgrImage image = new BgrImage(WIDTH, HEIGHT);
                JpegEncoder encoder = new JpegEncoder(/* quality= */ 90)) {
            ByteBuffer pixels = image.buffer();
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                byte value = (byte) scene.brightness(i);
                pixels.put(value).put(value).put(value);
            }
            return encoder.encode(image);
        }
    }
}
