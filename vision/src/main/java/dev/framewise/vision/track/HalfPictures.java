package dev.framewise.vision.track;

import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.image.LumaPlane;
import dev.framewise.vision.image.YuvImage;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Brings decoded pictures onto the heap as {@link HalfPicture}s. Owns a plane of native memory: close it. One thread.
 */
public final class HalfPictures implements AutoCloseable {
    private final Mat scaled = new Mat();
    /** Of the picture before, and mostly of this one: a native object costs more to make than the copy of a plane. */
    private Size size = new Size();

    /**
     * Of a luma plane that was decoded to half size: luma only.
     *
     * @throws IllegalArgumentException if the plane has another scale
     */
    public void copy(LumaPlane plane, HalfPicture into) {
        if (plane.scale() != JpegScale.HALF) {
            throw new IllegalArgumentException("a luma plane of half size is needed, this one is " + plane.scale());
        }
        into.reshape(plane.width(), plane.height());
        plane.buffer().get(0, into.luma(), 0, plane.width() * plane.height());
    }

    /** Of a picture that was decoded to full or half size, with its colours as it has them; pixels of full size are averaged. */
    public void copy(YuvImage image, HalfPicture into) {
        int width = (image.sourceWidth() + 1) / 2;
        int height = (image.sourceHeight() + 1) / 2;
        into.reshape(width, height);
        if (image.width() == width && image.height() == height) {
            copy(image.luma(), into.luma());
        } else {
            resize(width, height);
            opencv_imgproc.resize(image.luma(), scaled, size, 0, 0, opencv_imgproc.INTER_AREA);
            copy(scaled, into.luma());
        }
        if (!image.isGrey()) {
            into.reshapeChroma(image.cb().cols(), image.cb().rows());
            copy(image.cb(), into.cb());
            copy(image.cr(), into.cr());
        }
    }

    private void resize(int width, int height) {
        if (size.width() != width || size.height() != height) {
            size.close();
            size = new Size(width, height);
        }
    }

    private static void copy(Mat plane, byte[] into) {
        int width = plane.cols();
        int stride = (int) plane.step();
        int rows = plane.rows();
        ByteBuffer from =
                plane.data().capacity((long) stride * (rows - 1) + width).asByteBuffer();
        if (stride == width) {
            from.get(0, into, 0, rows * width);
            return;
        }
        for (int y = 0; y < rows; y++) {
            from.get(y * stride, into, y * width, width);
        }
    }

    @Override
    public void close() {
        scaled.close();
        size.close();
    }
}
