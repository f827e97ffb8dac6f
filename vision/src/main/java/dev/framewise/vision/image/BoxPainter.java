package dev.framewise.vision.image;

import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Draws boxes with a label on pictures. Stateless; the caller's thread. */
public final class BoxPainter {
    /** BGR; they stay apart from each other and from most scenes. */
    private static final int[][] COLOURS = {
        {240, 201, 76}, {28, 159, 255}, {153, 237, 128}, {133, 37, 247}, {10, 214, 255}, {255, 136, 179}
    };

    private static final double FONT_SCALE = 0.4;

    private BoxPainter() {}

    /**
     * Draws one box.
     *
     * @param x1 left edge, pixels; may lie outside, as the others
     * @param label beside its upper left corner
     * @param key the same colour for the same key
     * @param bold whether its line is thick
     */
    public static void paint(
            BgrImage image, float x1, float y1, float x2, float y2, String label, long key, boolean bold) {
        int[] bgr = COLOURS[(int) Math.floorMod(key, (long) COLOURS.length)];
        Mat mat = image.mat();
        int left = Math.round(x1);
        int top = Math.round(y1);
        try (Scalar colour = new Scalar(bgr[0], bgr[1], bgr[2], /* alpha= */ 0);
                Point upper = new Point(left, top);
                Point lower = new Point(Math.round(x2), Math.round(y2));
                Point text = new Point(Math.max(0, left), Math.max(10, top - 3))) {
            opencv_imgproc.rectangle(mat, upper, lower, colour, bold ? 2 : 1, opencv_imgproc.LINE_8, /* shift= */ 0);
            opencv_imgproc.putText(
                    mat,
                    label,
                    text,
                    opencv_imgproc.FONT_HERSHEY_SIMPLEX,
                    FONT_SCALE,
                    colour,
                    /* thickness= */ 1,
                    opencv_imgproc.LINE_8,
                    /* bottomLeftOrigin= */ false);
        }
    }
}
