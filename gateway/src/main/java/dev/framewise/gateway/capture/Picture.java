package dev.framewise.gateway.capture;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegEncoder;
import java.io.IOException;

/** One captured picture, valid until its source is asked for the next. Belongs to the source's thread. */
public interface Picture {

    /** Pixels. */
    int width();

    /** Pixels. */
    int height();

    /**
     * The picture as JPEG. Encoded on the first call, so that a picture that is not sent costs no encoding; the bytes of a
     * camera that speaks JPEG itself, untouched.
     *
     * @throws IOException if it cannot be encoded
     */
    byte[] jpeg() throws IOException;

    /** The picture as JPEG in the quality of another encoder; null where the source has only the JPEG. */
    default byte[] jpegBy(JpegEncoder other) {
        BgrImage pixels = pixels();
        return pixels == null ? null : other.encode(pixels);
    }

    /** Its pixels, where the source has decoded them anyway; null where it has only the JPEG. */
    default BgrImage pixels() {
        return null;
    }
}
