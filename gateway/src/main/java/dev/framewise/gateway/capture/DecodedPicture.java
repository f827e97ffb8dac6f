package dev.framewise.gateway.capture;

import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.VideoPicture;

/** A picture as a video's decoder made it, encoded when somebody wants to send it; its pixels are made for those who ask for them. */
final class DecodedPicture implements Picture {
    private final VideoPicture picture;
    private final JpegEncoder encoder;
    private byte[] jpeg;

    DecodedPicture(VideoPicture picture, JpegEncoder encoder) {
        this.picture = picture;
        this.encoder = encoder;
    }

    @Override
    public int width() {
        return picture.width();
    }

    @Override
    public int height() {
        return picture.height();
    }

    @Override
    public byte[] jpeg() {
        if (jpeg == null) {
            jpeg = encoder.encode(picture);
        }
        return jpeg;
    }

    @Override
    public byte[] jpegBy(JpegEncoder other) {
        return other.encode(picture);
    }

    @Override
    public BgrImage pixels() {
        return picture.pixels();
    }
}
