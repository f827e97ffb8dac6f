package dev.framewise.gateway.capture;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegEncoder;

/** A picture of which there are pixels only, encoded when somebody wants to send it. */
final class EncodedLater implements Picture {
    private final BgrImage image;
    private final JpegEncoder encoder;
    private byte[] jpeg;

    EncodedLater(BgrImage image, JpegEncoder encoder) {
        this.image = image;
        this.encoder = encoder;
    }

    @Override
    public int width() {
        return image.width();
    }

    @Override
    public int height() {
        return image.height();
    }

    @Override
    public byte[] jpeg() {
        if (jpeg == null) {
            jpeg = encoder.encode(image);
        }
        return jpeg;
    }

    @Override
    public BgrImage pixels() {
        return image;
    }
}
