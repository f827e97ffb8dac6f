package dev.framewise.vision.image;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Planes to packed BGR of a wanted size: each plane is scaled first, so that only the wanted pixels are converted.
 * Belongs to one thread; owns its scratch memory.
 *
 * <p>Chroma of a picture of odd size covers half a pixel more than luma; it is scaled as if it did not, which shifts
 * colour by up to half a pixel at the far edges.
 */
final class ColourScaler implements AutoCloseable {
    private final MatVector planes = new MatVector(/* n= */ 3);
    private final Mat y = planes.get(0);
    private final Mat cr = planes.get(1);
    private final Mat cb = planes.get(2);
    private final Mat packed = new Mat();

    ColourScaler() {
        NativeLibraries.load();
    }

    /** Scales bilinearly to {@code size} and converts; {@code bgr} keeps its memory where that has the size already. */
    void convert(YuvImage image, Size size, Mat bgr) {
        scale(image.luma(), size, y);
        if (image.isGrey()) {
            opencv_imgproc.cvtColor(y, bgr, opencv_imgproc.COLOR_GRAY2BGR);
            return;
        }
        scale(image.cr(), size, cr);
        scale(image.cb(), size, cb);
        opencv_core.merge(planes, packed);
        opencv_imgproc.cvtColor(packed, bgr, opencv_imgproc.COLOR_YCrCb2BGR);
    }

    /** Scales one picture or plane bilinearly, as OpenCV does for Python's {@code cv2.resize}. */
    static void scale(Mat source, Size size, Mat target) {
        opencv_imgproc.resize(source, target, size, /* fx= */ 0, /* fy= */ 0, opencv_imgproc.INTER_LINEAR);
    }

    @Override
    public void close() {
        packed.close();
        planes.close();
    }
}
