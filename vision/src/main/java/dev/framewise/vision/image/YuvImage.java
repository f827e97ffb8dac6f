package dev.framewise.vision.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The decoded planes of a JPEG, as a window into the decoder's memory: luma as large as was asked for, Cb and Cr smaller
 * than that by what the encoder chose. Values are full range BT.601 (JFIF), 0 to 255, chroma around 128.
 *
 * <p>Valid until the decoder decodes again or closes. Belongs to the decoder's thread.
 */
public final class YuvImage implements AutoCloseable {
    private final Mat[] planes = {new Mat(), new Mat(), new Mat()};
    private final long[] addresses = new long[3];
    private final int[] shapes = new int[9];
    private int sourceWidth;
    private int sourceHeight;
    private int count;

    YuvImage() {}

    /** Width of the whole picture, pixels: that of the luma plane unless it was decoded to a smaller scale. */
    public int sourceWidth() {
        return sourceWidth;
    }

    /** Height of the whole picture, pixels. */
    public int sourceHeight() {
        return sourceHeight;
    }

    /** Width of the luma plane, pixels. */
    public int width() {
        return planes[0].cols();
    }

    /** Height of the luma plane, pixels. */
    public int height() {
        return planes[0].rows();
    }

    /** Whether there is no chroma. */
    public boolean isGrey() {
        return count == 1;
    }

    /** The luma plane, one byte per pixel; rows may be padded (see its step). */
    public Mat luma() {
        return planes[0];
    }

    /** The Cb plane; only of a picture that is not grey. */
    public Mat cb() {
        return planes[1];
    }

    /** The Cr plane; only of a picture that is not grey. */
    public Mat cr() {
        return planes[2];
    }

    /** Says what the planes show; they are set next. */
    void setPicture(int width, int height, int planeCount) {
        sourceWidth = width;
        sourceHeight = height;
        count = planeCount;
    }

    /** Points plane {@code i} at decoded rows. A decoder mostly reuses its memory, and then nothing is made anew. */
    void setPlane(int i, BytePointer rows, int width, int height, int stride) {
        if (addresses[i] == rows.address()
                && shapes[3 * i] == width
                && shapes[3 * i + 1] == height
                && shapes[3 * i + 2] == stride) {
            return;
        }
        planes[i].close();
        planes[i] = new Mat(height, width, opencv_core.CV_8UC1, rows, stride);
        addresses[i] = rows.address();
        shapes[3 * i] = width;
        shapes[3 * i + 1] = height;
        shapes[3 * i + 2] = stride;
    }

    @Override
    public void close() {
        for (Mat plane : planes) {
            plane.close();
        }
    }
}
