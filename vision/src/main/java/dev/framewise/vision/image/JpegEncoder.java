package dev.framewise.vision.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/**
 * Encodes pictures as baseline JPEG with 4:2:0 chroma: pixels through OpenCV's libjpeg-turbo, a video's planes through the machine's own
 * where it has one. Belongs to one thread; close it to give its memory back.
 */
public final class JpegEncoder implements AutoCloseable {
    private final int quality;
    private final boolean byTurbo;
    private final IntPointer parameters;
    private final BytePointer encoded = new BytePointer();
    /** Null until there are planes. */
    private TurboJpegEncoder turbo;

    /**
     * An encoder.
     *
     * @param quality 1 (smallest) to 100 (best)
     */
    public JpegEncoder(int quality) {
        this(quality, TurboJpegLibrary.isPresent());
    }

    /** The same, by OpenCV alone if not {@code byTurbo}. */
    JpegEncoder(int quality, boolean byTurbo) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality " + quality + "; allowed is 1 to 100");
        }
        NativeLibraries.load();
        this.quality = quality;
        this.byTurbo = byTurbo;
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

    /**
     * The picture as a JPEG file: of its planes where it has 8-bit ones of 4:2:0 and the machine has libjpeg-turbo, else by way of its
     * {@link VideoPicture#pixels}. Both show the same but for rounding.
     */
    public byte[] encode(VideoPicture picture) {
        if (!byTurbo || !picture.hasPlanes()) {
            return encode(picture.pixels());
        }
        if (turbo == null) {
            turbo = new TurboJpegEncoder(quality);
        }
        return turbo.encode(picture);
    }

    @Override
    public void close() {
        if (turbo != null) {
            turbo.close();
            turbo = null;
        }
        encoded.close();
        parameters.close();
    }
}
