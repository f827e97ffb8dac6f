package dev.framewise.local.eval;

import dev.framewise.vision.detect.ThreadCpu;
import dev.framewise.vision.image.BgrImage;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegDecoder;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.image.LumaPlane;
import dev.framewise.vision.image.YuvImage;
import dev.framewise.vision.track.HalfPicture;
import dev.framewise.vision.track.HalfPictures;

/**
 * One frame of a clip as trackers get it in the pipeline: from its JPEG, decoded to half size. However many trackers run over
 * the clip, a frame is decoded once; each is told the time that it would have taken alone. One thread.
 */
public final class FramePictures implements AutoCloseable {
    private final JpegEncoder encoder;
    private final JpegDecoder decoder = new JpegDecoder();
    private final HalfPictures maker = new HalfPictures();
    private final LumaPlane plane = new LumaPlane();
    private final HalfPicture luma = new HalfPicture();
    private final HalfPicture colour = new HalfPicture();
    private BgrImage image;
    private byte[] jpeg;
    private long lumaNanos;
    private long colourNanos;

    /** @param jpegQuality 1 to 100 */
    public FramePictures(int jpegQuality) {
        encoder = new JpegEncoder(jpegQuality);
    }

    /** Turns to another frame; the image must stay as it is until the next. */
    public void turnTo(BgrImage frame) {
        image = frame;
        jpeg = null;
        lumaNanos = 0;
        colourNanos = 0;
    }

    /** The frame's JPEG. */
    byte[] jpeg() {
        if (jpeg == null) {
            jpeg = encoder.encode(image);
        }
        return jpeg;
    }

    /** Luma alone, as of a frame that the detector skips; gives the CPU nanoseconds of decoding and copying it. */
    public long readLuma(HalfPicture into) {
        if (lumaNanos == 0) {
            byte[] bytes = jpeg();
            long start = ThreadCpu.nanos();
            try {
                decoder.decodeLuma(bytes, JpegScale.HALF, plane);
            } catch (ImageFormatException e) {
                throw new IllegalStateException("a frame does not survive its own JPEG", e);
            }
            maker.copy(plane, luma);
            lumaNanos = Math.max(1, ThreadCpu.nanos() - start);
        }
        into.copyFrom(luma);
        return lumaNanos;
    }

    /**
     * Luma and colour, as of a frame that the detector looks at; gives the CPU nanoseconds of the copy alone, for the frame
     * is decoded for the detector.
     */
    public long readColour(HalfPicture into) {
        if (colourNanos == 0) {
            YuvImage planes;
            try {
                planes = decoder.decode(jpeg(), JpegScale.HALF);
            } catch (ImageFormatException e) {
                throw new IllegalStateException("a frame does not survive its own JPEG", e);
            }
            long start = ThreadCpu.nanos();
            maker.copy(planes, colour);
            colourNanos = Math.max(1, ThreadCpu.nanos() - start);
        }
        into.copyFrom(colour);
        return colourNanos;
    }

    @Override
    public void close() {
        encoder.close();
        decoder.close();
        maker.close();
        plane.close();
    }
}
