package dev.framewise.gateway.capture;

import dev.framewise.gateway.directive.PictureOrder;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegEncoder;
import java.io.IOException;

/**
 * Gives a picture the quality and the size that a directive asks for. Where it asks for neither, or for more than there is, the bytes
 * stay as the camera made them and nothing is decoded: a picture that came as JPEG is encoded again only to be narrower, or where
 * its bytes become fewer. What cannot be decoded stays as it is, too: whoever decodes it for good has the reason. One thread at a time.
 */
final class PictureShaper implements AutoCloseable {
    private final int ownQuality;
    private JpegDecoder decoder;
    private JpegEncoder encoder;
    private int encoderQuality;
    private BgrImage scaled;

    /** @param ownQuality of pictures that are made smaller while nobody asks for a quality, 1 to 100 */
    PictureShaper(int ownQuality) {
        this.ownQuality = ownQuality;
    }

    /**
     * A picture as it is sent.
     *
     * @param width pixels
     * @param height pixels
     * @param jpeg its bytes
     */
    record Shaped(int width, int height, byte[] jpeg) {}

    /**
     * Shapes a picture.
     *
     * @throws IOException if it cannot be encoded
     */
    Shaped shape(Picture picture, PictureOrder order) throws IOException {
        boolean narrower = order.maxWidth() != null && order.maxWidth() < picture.width();
        if (!narrower && order.jpegQuality() == null) {
            return asItIs(picture);
        }
        int quality = order.jpegQuality() != null ? order.jpegQuality() : ownQuality;
        int width = narrower ? order.maxWidth() : picture.width();
        int height = Math.max(1, Math.round((float) picture.height() * width / picture.width()));
        byte[] made = narrower ? narrowed(picture, quality, width, height) : picture.jpegBy(encoder(quality));
        if (made != null) {
            return new Shaped(width, height, made);
        }
        byte[] own = picture.jpeg();
        try {
            byte[] again = encoder(quality).encode(decoded(own, width, height));
            return narrower || again.length < own.length ? new Shaped(width, height, again) : asItIs(picture);
        } catch (ImageFormatException e) {
            return asItIs(picture);
        }
    }

    private static Shaped asItIs(Picture picture) throws IOException {
        return new Shaped(picture.width(), picture.height(), picture.jpeg());
    }

    /** Null where the source has only the JPEG. */
    private byte[] narrowed(Picture picture, int quality, int width, int height) {
        BgrImage own = picture.pixels();
        if (own == null) {
            return null;
        }
        own.scaleTo(scaled(width, height));
        return encoder(quality).encode(scaled);
    }

    private BgrImage decoded(byte[] jpeg, int width, int height) throws ImageFormatException {
        if (decoder == null) {
            decoder = new JpegDecoder();
        }
        decoder.decodeScaled(jpeg, scaled(width, height));
        return scaled;
    }

    private BgrImage scaled(int width, int height) {
        if (scaled == null) {
            scaled = new BgrImage();
        }
        scaled.reshape(width, height);
        return scaled;
    }

    private JpegEncoder encoder(int quality) {
        if (encoder == null || encoderQuality != quality) {
            closeEncoder();
            encoder = new JpegEncoder(quality);
            encoderQuality = quality;
        }
        return encoder;
    }

    private void closeEncoder() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }

    @Override
    public void close() {
        closeEncoder();
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
        if (scaled != null) {
            scaled.close();
            scaled = null;
        }
    }
}
