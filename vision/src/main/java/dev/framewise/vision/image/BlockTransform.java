package dev.framewise.vision.image;

import java.util.Arrays;

/**
 * Turns the lowest coefficients of many blocks at once into pixels: {@code side} by {@code side} pixels for each block of
 * 8x8, which is its picture at {@code side} eighths of its size.
 *
 * <p>The lowest N of 8 frequencies, put through an inverse transform of N points, are the block at N/8 of its size
 * (Dugad and Ahuja, A fast scheme for image size change in the compressed domain, IEEE Trans. CSVT 11(4), 2001). Each
 * loop runs along blocks, with few enough arrays and such operations that HotSpot makes vector instructions of it: with
 * more sources at a time, or with minimum and maximum, it would not. Reuses its memory; belongs to one thread.
 */
final class BlockTransform {
    private static final int WEIGHT_BITS = 12;
    /** Bits behind the point that each pass drops: three stay after the first, six after the second. */
    private static final int SUM_SHIFT = 9;

    private static final int PACK_SHIFT = 2 * (WEIGHT_BITS - SUM_SHIFT);
    /** Middle grey, and half a unit, so that the last shift rounds. */
    private static final int BIAS = (2 * 128 + 1) << (PACK_SHIFT - 1);

    private static final int PIXEL_MASK = 255;

    private final int side;
    /** By pixel and frequency. */
    private final int[] weights;
    /** By vertical and horizontal frequency. */
    private final int[] quantizers;
    /** By row of pixels and horizontal frequency: rows of lanes. */
    private final int[][] between;
    /** By column of pixels: rows of lanes. */
    private final int[][] pixels;

    private int[] packed = new int[0];

    /**
     * A transform.
     *
     * @param side pixels that a block becomes along each axis: 2 or 4
     */
    BlockTransform(int side) {
        this.side = side;
        weights = new int[side * side];
        quantizers = new int[side * side];
        between = new int[side * side][0];
        pixels = new int[side][0];
        for (int x = 0; x < side; x++) {
            for (int u = 0; u < side; u++) {
                double norm = u == 0 ? Math.sqrt(0.125) : 0.5;
                double weight = norm * Math.cos((2 * x + 1) * u * Math.PI / (2 * side));
                weights[x * side + u] = (int) Math.rint(weight * (1 << WEIGHT_BITS));
            }
        }
    }

    /**
     * Writes the pixels of one row of MCUs.
     *
     * @param component prepared for the same side
     * @param firstRow row of pixels of the plane where the MCUs begin
     */
    void write(CodedComponent component, PlaneMemory plane, int firstRow) {
        int lanes = component.lanes();
        reserve(lanes);
        component.quantizers(quantizers);
        for (int u = 0; u < side; u++) {
            for (int y = 0; y < side; y++) {
                transformColumn(component, u, y, between[y * side + u], lanes);
            }
        }
        int blocks = component.blocksPerRow();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                transformRow(y, x, pixels[x], lanes);
            }
            pack(lanes);
            for (int blockY = 0; blockY < component.blocksY; blockY++) {
                plane.put(firstRow + blockY * side + y, side, packed, blockY * blocks, blocks);
            }
        }
    }

    private void reserve(int lanes) {
        if (packed.length < lanes) {
            packed = new int[lanes];
            Arrays.setAll(between, i -> new int[lanes]);
            Arrays.setAll(pixels, i -> new int[lanes]);
        }
    }

    /** One horizontal frequency of one row of pixels; the quantizers are multiplied into the weights. */
    private void transformColumn(CodedComponent c, int u, int y, int[] out, int lanes) {
        int[] q = quantizers;
        int w0 = weights[y * side] * q[u];
        int w1 = weights[y * side + 1] * q[side + u];
        if (side == 2) {
            sum(c.row(u, 0), c.row(u, 1), w0, w1, out, lanes);
            return;
        }
        int w2 = weights[y * side + 2] * q[2 * side + u];
        int w3 = weights[y * side + 3] * q[3 * side + u];
        sum(c.row(u, 0), c.row(u, 1), c.row(u, 2), c.row(u, 3), w0, w1, w2, w3, out, lanes);
    }

    /** One column of one row of pixels. */
    private void transformRow(int y, int x, int[] out, int lanes) {
        int[][] b = between;
        int[] w = weights;
        int from = y * side;
        int at = x * side;
        if (side == 2) {
            sum(b[from], b[from + 1], w[at], w[at + 1], out, lanes);
        } else {
            sum(b[from], b[from + 1], b[from + 2], b[from + 3], w[at], w[at + 1], w[at + 2], w[at + 3], out, lanes);
        }
    }

    private void pack(int lanes) {
        if (side == 2) {
            pack(pixels[0], pixels[1], packed, lanes);
        } else {
            pack(pixels[0], pixels[1], pixels[2], pixels[3], packed, lanes);
        }
    }

    private static void sum(int[] a, int[] b, int wa, int wb, int[] out, int lanes) {
        for (int i = 0; i < lanes; i++) {
            out[i] = (a[i] * wa + b[i] * wb) >> SUM_SHIFT;
        }
    }

    private static void sum(int[] a, int[] b, int[] c, int[] d, int wa, int wb, int wc, int wd, int[] out, int lanes) {
        for (int i = 0; i < lanes; i++) {
            out[i] = (a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd) >> SUM_SHIFT;
        }
    }

    /** The first pixel goes into the lowest byte. */
    private static void pack(int[] a, int[] b, int[] out, int lanes) {
        for (int i = 0; i < lanes; i++) {
            out[i] = pixel(a[i]) | (pixel(b[i]) << 8);
        }
    }

    private static void pack(int[] a, int[] b, int[] c, int[] d, int[] out, int lanes) {
        for (int i = 0; i < lanes; i++) {
            out[i] = pixel(a[i]) | (pixel(b[i]) << 8) | (pixel(c[i]) << 16) | (pixel(d[i]) << 24);
        }
    }

    /** 0 to 255, without minimum and maximum. */
    private static int pixel(int sum) {
        int value = (sum + BIAS) >> PACK_SHIFT;
        int atLeast0 = value & ~(value >> 31);
        int below255 = PIXEL_MASK - atLeast0;
        return PIXEL_MASK - (below255 & ~(below255 >> 31));
    }
}
