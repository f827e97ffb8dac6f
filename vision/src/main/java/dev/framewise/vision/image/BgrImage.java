package dev.framewise.vision.image;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A picture of packed BGR bytes in native memory: pixel (x, y) starts at byte {@code 3 * (y * width + x)}, blue first.
 *
 * <p>Reusable: {@link #reshape} keeps the memory where it suffices. Belongs to one thread at a time; close it to give
 * the memory back. Buffers handed out are invalid after {@link #reshape} and {@link #close}.
 */
public final class BgrImage implements AutoCloseable {
    private BytePointer memory = new BytePointer();
    private Mat mat = new Mat();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);
    private int width;
    private int height;

    /** An image without pixels, to be reshaped. */
    public BgrImage() {}

    /**
     * An image of undefined pixels.
     *
     * @param width pixels, at least 1
     * @param height pixels, at least 1
     */
    public BgrImage(int width, int height) {
        reshape(width, height);
    }

    /** Gives the image another size; its pixels are undefined afterwards, unless the size is the same. */
    public void reshape(int newWidth, int newHeight) {
        if (newWidth < 1 || newHeight < 1) {
            throw new IllegalArgumentException("an image of " + newWidth + "x" + newHeight + " pixels");
        }
        if (newWidth == width && newHeight == height) {
            return;
        }
        long bytes = 3L * newWidth * newHeight;
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(newWidth + "x" + newHeight + " pixels do not fit into one buffer");
        }
        if (memory.capacity() < bytes) {
            memory.close();
            memory = new BytePointer(bytes);
        }
        mat.close();
        mat = new Mat(newHeight, newWidth, opencv_core.CV_8UC3, memory);
        buffer = memory.asByteBuffer().limit((int) bytes);
        width = newWidth;
        height = newHeight;
    }

    /** Width in pixels; 0 before the first {@link #reshape}. */
    public int width() {
        return width;
    }

    /** Height in pixels; 0 before the first {@link #reshape}. */
    public int height() {
        return height;
    }

    /** The bytes, direct, writable, of its own position and limit: {@code 3 * width * height} bytes, rows in order. */
    public ByteBuffer buffer() {
        return buffer.duplicate();
    }

    /** Fills another picture, of whatever size, with this one: the mean of the pixels that each of its own stands for. */
    public void scaleTo(BgrImage target) {
        try (Size size = new Size(target.width, target.height)) {
            opencv_imgproc.resize(mat, target.mat, size, /* fx= */ 0, /* fy= */ 0, opencv_imgproc.INTER_AREA);
        }
    }

    /** The same pixels for OpenCV; owned by this image. */
    public Mat mat() {
        return mat;
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
