package dev.framewise.vision.track;

import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.image.LumaPlane;

/**
 * The pixels of JPEGs for a tracker, decoded to half size when it asks. One for all cameras of a thread: it is the source of the
 * picture it was {@linkplain #of given} last. Close it to give the decoder's memory back.
 */
public final class JpegPixels implements PixelSource, AutoCloseable {
    private final JpegDecoder decoder;
    private final LumaPlane luma = new LumaPlane();
    private final HalfPictures halves = new HalfPictures();
    private byte[] jpeg;
    private JpegScale colourScale;

    /** @param maxPixels largest width times height that is decoded */
    public JpegPixels(long maxPixels) {
        decoder = new JpegDecoder(maxPixels);
    }

    /**
     * The next picture.
     *
     * @param newJpeg its bytes; null if there are none
     * @param newColourScale the scale at which a detector would decode it, FULL or HALF, to give what it gives; null for luma
     *     alone, which is cheaper
     */
    public PixelSource of(byte[] newJpeg, JpegScale newColourScale) {
        jpeg = newJpeg;
        colourScale = newColourScale;
        return this;
    }

    @Override
    public boolean read(HalfPicture into) {
        if (jpeg == null) {
            return false;
        }
        try {
            if (colourScale == null) {
                decoder.decodeLuma(jpeg, JpegScale.HALF, luma);
                halves.copy(luma, into);
            } else {
                halves.copy(decoder.decode(jpeg, colourScale), into);
            }
            return true;
        } catch (ImageFormatException e) {
            // A picture the tracker cannot read is one it goes on without; the detector is the one to bury it.
            return false;
        }
    }

    @Override
    public void close() {
        decoder.close();
        luma.close();
        halves.close();
    }
}
