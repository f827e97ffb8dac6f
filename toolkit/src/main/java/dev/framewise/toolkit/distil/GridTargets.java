package dev.framewise.toolkit.distil;

/**
 * What the student is to say in each cell of its grid, for a batch: a Gaussian of the box's score around the cell of its centre,
 * and the box wherever that is high.
 *
 * <p>Layout of {@code scores}: [batch, 1, rows, columns]; of {@code weights}: the same; of {@code boxes}: [batch, 4, rows,
 * columns], centre x, centre y, width and height in cells of the picture. Reusable; one thread.
 *
 * <p>Source: Zhou et al., Objects as Points, arXiv 1904.07850, section 3, with a deviation that follows the box's own sides.
 */
final class GridTargets {
    /** Pixels of a cell's side. */
    static final int STRIDE = 8;

    private static final double DEVIATION = 0.17;
    private static final double MIN_DEVIATION = 0.45;
    /** A large box has no more cells that know it than a middling one, else large ones would be all that is learned. */
    private static final double MAX_DEVIATION = 1.5;
    /** Height of the Gaussian from which a cell must know the box. */
    private static final double MIN_BOX = 0.25;

    final int columns;
    final int rows;
    final float[] scores;
    final float[] weights;
    final float[] boxes;

    GridTargets(int batch, int width, int height) {
        columns = width / STRIDE;
        rows = height / STRIDE;
        scores = new float[batch * rows * columns];
        weights = new float[scores.length];
        boxes = new float[4 * scores.length];
    }

    void clear() {
        java.util.Arrays.fill(scores, 0);
        java.util.Arrays.fill(weights, 0);
        // cells without a box compare with a box of one cell, at no weight: no division by an area of zero
        java.util.Arrays.fill(boxes, 1);
    }

    /**
     * Adds a box to a picture of the batch.
     *
     * @param score 0 to 1
     */
    void add(int picture, float x1, float y1, float x2, float y2, float score) {
        float centreX = (x1 + x2) / 2 / STRIDE;
        float centreY = (y1 + y2) / 2 / STRIDE;
        float width = (x2 - x1) / STRIDE;
        float height = (y2 - y1) / STRIDE;
        int cellX = (int) Math.floor(centreX);
        int cellY = (int) Math.floor(centreY);
        if (cellX < 0 || cellY < 0 || cellX >= columns || cellY >= rows || width <= 0 || height <= 0) {
            return;
        }
        double deviationX = deviation(width);
        double deviationY = deviation(height);
        int reachX = (int) Math.ceil(3 * deviationX);
        int reachY = (int) Math.ceil(3 * deviationY);
        int cells = rows * columns;
        for (int y = Math.max(0, cellY - reachY); y <= Math.min(rows - 1, cellY + reachY); y++) {
            for (int x = Math.max(0, cellX - reachX); x <= Math.min(columns - 1, cellX + reachX); x++) {
                double across = (x - cellX) / deviationX;
                double down = (y - cellY) / deviationY;
                double height01 = Math.exp(-(across * across + down * down) / 2);
                float target = (float) (score * height01);
                int at = picture * cells + y * columns + x;
                if (target > scores[at]) {
                    scores[at] = target;
                    boolean knows = height01 >= MIN_BOX;
                    weights[at] = knows ? target : 0;
                    int box = picture * 4 * cells + y * columns + x;
                    boxes[box] = centreX;
                    boxes[box + cells] = centreY;
                    boxes[box + 2 * cells] = width;
                    boxes[box + 3 * cells] = height;
                }
            }
        }
    }

    private static double deviation(double side) {
        return Math.max(MIN_DEVIATION, Math.min(MAX_DEVIATION, DEVIATION * side));
    }
}
