package dev.framewise.vision.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/**
 * Encodes pictures as baseline JPEG with 4:2:0 chroma, through OpenCV's libjpeg-turbo. Belongs to one thread; close it
 * to give its memory back.
 */
public final class JpegEncoder implements AutoCloseable {
    private final IntPointer parameters;
    private final BytePointer encoded = new BytePointer();

    /**
     * An encoder.
     *
     * @param quality 1 (smallest) to 100 (best)
     */
    public JpegEncoder(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality " + quality + "; allowed is 1 to 100");
        }
        NativeLibraries.load();
        parameters = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality);
    }

    /** The picture as a JPEG file. */
    public byte[] encode(BgrImage image) {
        if (!opencv_imgcodecs.imencode(".jpg", image.mat(), encoded, parameters)) {
            throw new IllegalStateException(
                    "OpenCV did not encode a picture of " + image.width() + "x" + image.height() + " pixels");
        }
        byte[] jpeg = new byte[Math.toIntExact(encoded.limit())];
        encoded.get(jpeg);
        return jpeg;
    }

    @Override
    public void close() {
        encoded.close();
        parameters.close();
    }
}
