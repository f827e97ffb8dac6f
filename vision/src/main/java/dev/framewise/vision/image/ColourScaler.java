package dev.framewise.vision.image;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Planes to a wanted size, and to packed BGR: each plane is scaled first, so that only the wanted pixels are converted.
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
    private final Scalar noColour = Scalar.all(InputFormat.NO_COLOUR);

    ColourScaler() {
        NativeLibraries.load();
    }

    /** Scales bilinearly to {@code size} and converts; {@code bgr} keeps its memory where that has the size already. */
    void convert(YuvImage image, Size size, Mat bgr) {
        if (image.isGrey()) {
            scale(image.luma(), size, y);
            opencv_imgproc.cvtColor(y, bgr, opencv_imgproc.COLOR_GRAY2BGR);
            return;
        }
        opencv_core.merge(planes(image, size), packed);
        opencv_imgproc.cvtColor(packed, bgr, opencv_imgproc.COLOR_YCrCb2BGR);
    }

    /** Scales bilinearly to {@code size} and leaves the colours as they are: Y, Cr, Cb, valid until the next call. */
    MatVector planes(YuvImage image, Size size) {
        scale(image.luma(), size, y);
        if (image.isGrey()) {
            cr.create(y.rows(), y.cols(), opencv_core.CV_8UC1);
            cb.create(y.rows(), y.cols(), opencv_core.CV_8UC1);
            cr.put(noColour);
            cb.put(noColour);
        } else {
            scale(image.cr(), size, cr);
            scale(image.cb(), size, cb);
        }
        return planes;
    }

    /** Scales one picture or plane bilinearly, as OpenCV does for Python's {@code cv2.resize}. */
    static void scale(Mat source, Size size, Mat target) {
        opencv_imgproc.resize(source, target, size, /* fx= */ 0, /* fy= */ 0, opencv_imgproc.INTER_LINEAR);
    }

    @Override
    public void close() {
        noColour.close();
        packed.close();
        planes.close();
    }
}
