package dev.framewise.vision.track;

/** Intersection over union of two boxes, the similarity of everything that compares boxes here. */
public final class Iou {
    private Iou() {}

    /** Of two boxes Xyxy in the same coordinates: 0 to 1, 0 where they do not overlap or one is empty. */
    public static double ofXyxy(
            double ax1, double ay1, double ax2, double ay2, double bx1, double by1, double bx2, double by2) {
        double width = Math.min(ax2, bx2) - Math.max(ax1, bx1);
        if (width <= 0) {
            return 0;
        }
        double height = Math.min(ay2, by2) - Math.max(ay1, by1);
        if (height <= 0) {
            return 0;
        }
        double intersection = width * height;
        return intersection / ((ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - intersection);
    }

    /**
     * The same for boxes whose right and bottom edges name the last pixel inside, so that a box from 3 to 5 is three pixels
     * wide. ByteTrack's authors overlap boxes like this, which matters for small ones: 3 HOTA on TUD-Campus.
     */
    public static double ofInclusiveXyxy(
            double ax1, double ay1, double ax2, double ay2, double bx1, double by1, double bx2, double by2) {
        return ofXyxy(ax1, ay1, ax2 + 1, ay2 + 1, bx1, by1, bx2 + 1, by2 + 1);
    }
}
