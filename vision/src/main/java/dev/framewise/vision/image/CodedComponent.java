package dev.framewise.vision.image;

import java.util.Arrays;

/**
 * One component of a JPEG while it is decoded: how it is coded, and the coefficients of the blocks of one row of MCUs.
 *
 * <p>Coefficients are kept in rows, one row for each frequency, so that a row holds the same coefficient of many blocks
 * side by side and blocks are transformed many at a time. Those that nobody wants share one row at the end.
 */
final class CodedComponent {
    /** Coefficients of a block along each axis. */
    static final int SIDE = 8;

    /** Zigzag index to place in the block, {@code 8 * vertical + horizontal}: ITU-T T.81, figure A.6. */
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    int id;
    /** Blocks of an MCU, across and down. */
    int blocksX;

    int blocksY;
    HuffmanTable dc;
    HuffmanTable ac;
    /** By zigzag index. */
    int[] quantizers;
    /** DC coefficient of the block before. */
    int predictor;

    /**
     * By zigzag index, the row of lanes of a coefficient, not yet multiplied by its quantizer; longer than a block, because
     * the end of one may be passed over.
     */
    final int[][] rows = new int[2 * HuffmanTable.END_OF_BLOCK][];

    private int[][] kept = new int[0][];
    private int side = -1;
    private int blocksPerRow;
    private int lanes;

    /**
     * Makes room for a row of MCUs.
     *
     * @param wantedSide how many horizontal and vertical frequencies are kept, 0 to 8
     */
    void prepare(int wantedSide, int mcusPerRow) {
        int wantedLanes = mcusPerRow * blocksX * blocksY;
        blocksPerRow = mcusPerRow * blocksX;
        if (wantedSide == side && wantedLanes == lanes) {
            return;
        }
        side = wantedSide;
        lanes = wantedLanes;
        kept = new int[side * side][lanes];
        Arrays.fill(rows, new int[lanes]);
        for (int k = 0; k < ZIGZAG.length; k++) {
            int u = ZIGZAG[k] % SIDE;
            int v = ZIGZAG[k] / SIDE;
            if (u < side && v < side) {
                rows[k] = row(u, v);
            }
        }
    }

    /** The row of a kept frequency. */
    int[] row(int u, int v) {
        return kept[v * side + u];
    }

    /** The quantizers of the kept frequencies, by {@code v * side + u}. */
    void quantizers(int[] into) {
        for (int k = 0; k < ZIGZAG.length; k++) {
            int u = ZIGZAG[k] % SIDE;
            int v = ZIGZAG[k] / SIDE;
            if (u < side && v < side) {
                into[v * side + u] = quantizers[k];
            }
        }
    }

    /** The lane of a block. */
    int lane(int mcu, int x, int y) {
        return y * blocksPerRow + mcu * blocksX + x;
    }

    /** Forgets the coefficients of a row of MCUs. */
    void clear() {
        for (int[] row : kept) {
            Arrays.fill(row, 0);
        }
    }

    /** How many horizontal and vertical frequencies are kept, which is how many pixels a block becomes along each axis. */
    int side() {
        return side;
    }

    /** Number of blocks of a row of MCUs. */
    int lanes() {
        return lanes;
    }

    /** Number of blocks side by side; a row of MCUs has {@link #blocksY} times as many. */
    int blocksPerRow() {
        return blocksPerRow;
    }
}
