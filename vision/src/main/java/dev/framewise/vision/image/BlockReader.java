package dev.framewise.vision.image;

/**
 * Reads Huffman-coded blocks of 8x8 coefficients one after the other from the data of a scan.
 *
 * <p>The next bits stand on top of a 64-bit window; a symbol and its number together have at most 27 of them. Source:
 * ITU-T T.81, section F.2.2; the refill is variant 4 of Fabian Giesen's "Reading bits in far too many ways".
 */
final class BlockReader {
    /** A block has at most 64 symbols of 27 bits. */
    private static final int MAX_BLOCK_BYTES = 216;

    private static final int LEAST_BITS = 32;
    private static final int TABLE_SHIFT = Long.SIZE - HuffmanTable.LOOKAHEAD;
    private static final int COEFFICIENTS = 64;
    /** Below this a first number, after at most 15 zeros, cannot be the last coefficient: a second may follow. */
    private static final int PAIRS_UNTIL = 48;

    private byte[] bytes;
    private int lastStart;
    private int at;
    private long window;
    private int count;

    /**
     * Starts anew.
     *
     * @param source data and {@link ScanBytes#PADDING} zeros
     * @param from first byte
     * @param end first byte behind the data
     */
    void start(byte[] source, int from, int end) {
        bytes = source;
        at = from;
        lastStart = end + ScanBytes.PADDING - MAX_BLOCK_BYTES - 2 * Long.BYTES;
        window = 0;
        count = 0;
    }

    /** Number of bits read since the beginning of the bytes. */
    long position() {
        return (long) at * Byte.SIZE - count;
    }

    /**
     * Reads one block and puts its coefficients into the component's rows, where only zeros may be.
     *
     * @param lane the block's place in each row
     * @return whether it was one
     */
    boolean read(CodedComponent component, int lane) {
        byte[] source = bytes;
        int next = at;
        if (next > lastStart) {
            return false;
        }
        int[][] rows = component.rows;
        long bits = window | (ScanBytes.longAt(source, next) >>> count);
        next += (Long.SIZE - 1 - count) >> 3;
        int valid = count | 56;
        int entry = component.dc.singles[(int) (bits >>> TABLE_SHIFT)];
        if (entry == HuffmanTable.NONE) {
            entry = component.dc.single(bits);
            if (entry == HuffmanTable.NONE) {
                return false;
            }
        }
        bits <<= entry;
        valid -= entry & HuffmanTable.LENGTH_MASK;
        component.predictor += HuffmanTable.number(entry);
        rows[0][lane] = component.predictor;
        HuffmanTable ac = component.ac;
        int[] pairs = ac.pairs;
        int k = 1;
        while (k < COEFFICIENTS) {
            if (valid < LEAST_BITS) {
                bits |= ScanBytes.longAt(source, next) >>> valid;
                next += (Long.SIZE - 1 - valid) >> 3;
                valid |= 56;
            }
            entry = pairs[(int) (bits >>> TABLE_SHIFT)];
            if (entry != HuffmanTable.NONE && k < PAIRS_UNTIL) {
                bits <<= entry;
                valid -= entry & HuffmanTable.LENGTH_MASK;
                int first = k + ((entry >> 6) & 0xF);
                k += (entry >> 10) & 0xFF;
                // The second comes first: where there is none, it is a 0 in the place of the first or in no place.
                rows[k - 1][lane] = (entry << 7) >> 25;
                rows[first][lane] = entry >> 25;
            } else {
                entry = ac.single(bits);
                if (entry == HuffmanTable.NONE) {
                    return false;
                }
                bits <<= entry;
                valid -= entry & HuffmanTable.LENGTH_MASK;
                k += HuffmanTable.zeros(entry) + 1;
                rows[k - 1][lane] = HuffmanTable.number(entry);
            }
        }
        at = next;
        window = bits;
        count = valid;
        // All 64 are there, or the rest was said to be zeros; anything else went beyond the last.
        return k == COEFFICIENTS || k > HuffmanTable.END_OF_BLOCK;
    }
}
