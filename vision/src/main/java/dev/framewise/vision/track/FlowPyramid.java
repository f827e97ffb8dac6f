package dev.framewise.vision.track;

import java.util.Arrays;

/**
 * A luma plane in two sizes, the second half of the first, each with a margin of repeated edge pixels, so that a window around
 * any point of the picture can be read without looking where it ends. Reusable; allocates nothing while the size stays.
 */
final class FlowPyramid {
    static final int LEVELS = 2;

    /** Pixels around each level; a window is read no farther out. */
    static final int MARGIN = 16;

    private final int[] widths = new int[LEVELS];
    private final int[] heights = new int[LEVELS];
    private final byte[][] planes = {new byte[0], new byte[0]};

    /** Forgets the picture. */
    void clear() {
        widths[0] = 0;
    }

    boolean isEmpty() {
        return widths[0] == 0;
    }

    /** Whether the other pyramid is of a picture of the same size. */
    boolean matches(FlowPyramid other) {
        return widths[0] == other.widths[0] && heights[0] == other.heights[0];
    }

    /** Becomes that of a picture. */
    void set(HalfPicture picture) {
        reshape(0, picture.width(), picture.height());
        byte[] plane = planes[0];
        int stride = stride(0);
        for (int y = 0; y < heights[0]; y++) {
            System.arraycopy(picture.luma(), y * widths[0], plane, (y + MARGIN) * stride + MARGIN, widths[0]);
        }
        extend(0);
        reshape(1, Math.max(1, widths[0] / 2), Math.max(1, heights[0] / 2));
        halve();
        extend(1);
    }

    int width(int level) {
        return widths[level];
    }

    int height(int level) {
        return heights[level];
    }

    /** Bytes from one row to the next. */
    int stride(int level) {
        return widths[level] + 2 * MARGIN;
    }

    /** The rows with their margins: pixel (x, y) is at {@code (y + MARGIN) * stride + MARGIN + x}. */
    byte[] plane(int level) {
        return planes[level];
    }

    private void reshape(int level, int width, int height) {
        widths[level] = width;
        heights[level] = height;
        int bytes = (width + 2 * MARGIN) * (height + 2 * MARGIN);
        if (planes[level].length != bytes) {
            planes[level] = new byte[bytes];
        }
    }

    private void halve() {
        byte[] from = planes[0];
        byte[] to = planes[1];
        int fromStride = stride(0);
        for (int y = 0; y < heights[1]; y++) {
            int upper = (2 * y + MARGIN) * fromStride + MARGIN;
            int lower = upper + fromStride;
            int target = (y + MARGIN) * stride(1) + MARGIN;
            for (int x = 0; x < widths[1]; x++) {
                int sum = (from[upper + 2 * x] & 0xff)
                        + (from[upper + 2 * x + 1] & 0xff)
                        + (from[lower + 2 * x] & 0xff)
                        + (from[lower + 2 * x + 1] & 0xff);
                to[target + x] = (byte) ((sum + 2) >> 2);
            }
        }
    }

    private void extend(int level) {
        byte[] plane = planes[level];
        int stride = stride(level);
        int width = widths[level];
        int height = heights[level];
        for (int y = MARGIN; y < MARGIN + height; y++) {
            int row = y * stride;
            Arrays.fill(plane, row, row + MARGIN, plane[row + MARGIN]);
            Arrays.fill(plane, row + MARGIN + width, row + stride, plane[row + MARGIN + width - 1]);
        }
        for (int y = 0; y < MARGIN; y++) {
            System.arraycopy(plane, MARGIN * stride, plane, y * stride, stride);
            System.arraycopy(plane, (MARGIN + height - 1) * stride, plane, (MARGIN + height + y) * stride, stride);
        }
    }
}
