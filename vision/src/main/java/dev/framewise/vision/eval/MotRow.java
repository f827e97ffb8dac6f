package dev.framewise.vision.eval;

/**
 * One line of MOT text: a box Xywh in pixels of the source image, (0, 0) being its top left corner.
 *
 * @param frame number of the frame, from 1
 * @param id identity, or -1 in a detection file
 * @param x left edge
 * @param y top edge
 * @param width above 0
 * @param height above 0
 * @param confidence the seventh column: the score of a detection or a track (0 to 1), the flag of an annotation (0: does not
 *     count); 1 where the line ends before it
 * @param classId the eighth column of a detection file: class index from 0; 0 where there is none or -1, and in all other
 *     files, where the column means something else
 */
public record MotRow(
        int frame, int id, double x, double y, double width, double height, double confidence, int classId) {
    /** Right edge. */
    public double right() {
        return x + width;
    }

    /** Bottom edge. */
    public double bottom() {
        return y + height;
    }
}
