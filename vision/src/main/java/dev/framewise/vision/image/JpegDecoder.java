package dev.framewise.vision.image;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Decodes JPEG bytes into planes, at full size or smaller, with memory that is reused from picture to picture.
 *
 * <p>libjpeg-turbo decodes where the machine has it; FFmpeg decodes where it has not, and what is
 * unusual: docs/decisions/0002-jpeg-decode.md and 0010-scaled-decode.md.
 *
 * <p>Belongs to one thread; close it to give the memory back.
 */
public final class JpegDecoder implements AutoCloseable {
    /** Chooses how small a picture is decoded. */
    public interface ScaleChoice {
        /** The scale for a picture of that many pixels across and down. */
        JpegScale scaleFor(int width, int height);
    }

    private final long maxPixels;
    private final Map<JpegScale, FfmpegJpeg> decoders = new EnumMap<>(JpegScale.class);
    /** Null where the machine has no libjpeg-turbo. */
    private final TurboJpeg turbo;

    private final ColourScaler colours = new ColourScaler();
    private boolean closed;

    public JpegDecoder() {
        this(JpegHeader.DEFAULT_MAX_PIXELS);
    }

    /**
     * Opens a decoder.
     *
     * @param maxPixels largest width times height that is decoded
     */
    public JpegDecoder(long maxPixels) {
        this(maxPixels, TurboJpegLibrary.isPresent());
    }

    /** The same, by FFmpeg alone if not {@code byTurbo}. */
    JpegDecoder(long maxPixels, boolean byTurbo) {
        this.maxPixels = maxPixels;
        turbo = byTurbo ? new TurboJpeg() : null;
    }

    /** Decodes one picture at full size, as {@link #decode(byte[], JpegScale)} does. */
    public YuvImage decode(byte[] jpeg) throws ImageFormatException {
        return decode(jpeg, JpegScale.FULL);
    }

    /**
     * Decodes one picture.
     *
     * @return planes that are valid until the next call
     * @throws ImageFormatException if the bytes are no readable JPEG, as far as a decoder can tell: a flipped bit that
     *     gives another valid picture goes unnoticed
     */
    public YuvImage decode(byte[] jpeg, JpegScale scale) throws ImageFormatException {
        return decode(jpeg, header(jpeg), scale, /* lumaOnly= */ false);
    }

    /** Decodes one picture, as {@link #decode(byte[], JpegScale)} does, at a scale that depends on its size. */
    public YuvImage decode(byte[] jpeg, ScaleChoice choice) throws ImageFormatException {
        JpegHeader header = header(jpeg);
        return decode(jpeg, header, choice.scaleFor(header.width(), header.height()), /* lumaOnly= */ false);
    }

    private JpegHeader header(byte[] jpeg) throws ImageFormatException {
        if (closed) {
            throw new IllegalStateException("the decoder is closed");
        }
        return JpegHeader.parse(jpeg, maxPixels);
    }

    private YuvImage decode(byte[] jpeg, JpegHeader header, JpegScale scale, boolean lumaOnly)
            throws ImageFormatException {
        byte[] whole = StandardTables.completed(jpeg);
        if (turbo != null && turbo.decode(whole, header, scale, lumaOnly)) {
            return turbo.picture();
        }
        return decoders.computeIfAbsent(scale, FfmpegJpeg::new).decode(whole, header);
    }

    /**
     * Decodes the brightness of one picture only.
     *
     * @param into gets the picture's size and its pixels; keeps what it held if the bytes are unreadable
     * @throws ImageFormatException as {@link #decode(byte[], JpegScale)} does
     */
    public void decodeLuma(byte[] jpeg, JpegScale scale, LumaPlane into) throws ImageFormatException {
        YuvImage planes = decode(jpeg, header(jpeg), scale, /* lumaOnly= */ true);
        into.reshape(planes.sourceWidth(), planes.sourceHeight(), scale);
        into.copyRows(planes.luma());
    }

    /** Decodes one picture to packed BGR of its full size. */
    public void decode(byte[] jpeg, BgrImage into) throws ImageFormatException {
        YuvImage yuv = decode(jpeg);
        into.reshape(yuv.width(), yuv.height());
        try (Size size = new Size(yuv.width(), yuv.height())) {
            colours.convert(yuv, size, into.mat());
        }
    }

    /**
     * Decodes one picture to packed BGR of the size that {@code into} has, at the smallest scale that still holds as many pixels.
     *
     * @throws ImageFormatException as {@link #decode(byte[], JpegScale)} does
     */
    public void decodeScaled(byte[] jpeg, BgrImage into) throws ImageFormatException {
        YuvImage yuv = decode(jpeg, (width, height) -> scaleFor(width, into.width()));
        try (Size size = new Size(into.width(), into.height())) {
            colours.convert(yuv, size, into.mat());
        }
    }

    private static JpegScale scaleFor(int width, int wanted) {
        for (JpegScale scale : JpegScale.values()) {
            if (scale.lengthOf(width) >= wanted) {
                return scale;
            }
        }
        return JpegScale.FULL;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        decoders.values().forEach(FfmpegJpeg::close);
        decoders.clear();
        if (turbo != null) {
            turbo.close();
        }
        colours.close();
    }
}
