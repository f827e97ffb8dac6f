package dev.framewise.vision.image;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture's brightness, in native memory of its own: one byte per pixel, 0 black to 255 white (full range BT.601),
 * rows one after the other without gaps. What optical flow looks at.
 *
 * <p>It may be smaller than its source: pixel (x, y) then stands for {@code n} by {@code n} source pixels from
 * {@code (n * x, n * y)} on, where n is the {@link JpegScale#denominator} of the {@link #scale()}.
 *
 * <p>Reusable: {@link JpegDecoder#decodeLuma} and {@link #copyFrom} keep the memory where it suffices, so that a steady
 * stream allocates nothing. Belongs to one thread at a time and to whoever made it, who closes it; what was handed out
 * ({@link #mat}, {@link #buffer}, {@link #address}) is invalid after the plane changes its size or is closed.
 */
public final class LumaPlane implements AutoCloseable {
    private BytePointer memory = new BytePointer();
    private Mat mat = new Mat();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);
    private int sourceWidth;
    private int sourceHeight;
    private JpegScale scale = JpegScale.FULL;
    private int width;
    private int height;

    /** A plane without pixels, to be filled. */
    public LumaPlane() {
        NativeLibraries.load();
    }

    /**
     * Gives the plane another size; its pixels are undefined afterwards, unless the size is the same.
     *
     * @param newSourceWidth pixels of the whole picture, at least 1
     * @param newSourceHeight pixels of the whole picture, at least 1
     */
    public void reshape(int newSourceWidth, int newSourceHeight, JpegScale newScale) {
        if (newSourceWidth < 1 || newSourceHeight < 1) {
            throw new IllegalArgumentException("a picture of " + newSourceWidth + "x" + newSourceHeight + " pixels");
        }
        sourceWidth = newSourceWidth;
        sourceHeight = newSourceHeight;
        scale = newScale;
        int newWidth = newScale.lengthOf(newSourceWidth);
        int newHeight = newScale.lengthOf(newSourceHeight);
        if (newWidth == width && newHeight == height) {
            return;
        }
        int bytes = Math.multiplyExact(newWidth, newHeight);
        if (memory.capacity() < bytes) {
            memory.close();
            memory = new BytePointer(bytes);
        }
        mat.close();
        mat = new Mat(newHeight, newWidth, opencv_core.CV_8UC1, memory);
        buffer = memory.asByteBuffer().limit(bytes);
        width = newWidth;
        height = newHeight;
    }

    /** Becomes a copy of another plane. */
    public void copyFrom(LumaPlane other) {
        if (other.width == 0) {
            throw new IllegalArgumentException("a plane without pixels cannot be copied");
        }
        reshape(other.sourceWidth, other.sourceHeight, other.scale);
        Pointer.memcpy(memory, other.memory, (long) width * height);
    }

    /** Copies rows of another layout. */
    void copyRows(Mat rows) {
        rows.copyTo(mat);
    }

    /** Width in pixels of this plane; 0 before it was filled first. */
    public int width() {
        return width;
    }

    /** Height in pixels of this plane; 0 before it was filled first. */
    public int height() {
        return height;
    }

    /** Bytes from one row to the next: the width. */
    public int stride() {
        return width;
    }

    /** Width in pixels of the whole picture, whose boxes are drawn in. */
    public int sourceWidth() {
        return sourceWidth;
    }

    /** Height in pixels of the whole picture. */
    public int sourceHeight() {
        return sourceHeight;
    }

    /** How much smaller than its source this plane is. */
    public JpegScale scale() {
        return scale;
    }

    /** The pixels for OpenCV, CV_8UC1; owned by this plane. */
    public Mat mat() {
        return mat;
    }

    /** The bytes, direct, writable, of its own position and limit: {@code width * height} bytes. */
    public ByteBuffer buffer() {
        return buffer.duplicate();
    }

    /** Native address of pixel (0, 0); 0 before the plane was filled first. */
    public long address() {
        return memory.address();
    }

    @Override
    public void close() {
        mat.close();
        memory.close();
        width = 0;
        height = 0;
        buffer = ByteBuffer.allocateDirect(0);
    }
}
