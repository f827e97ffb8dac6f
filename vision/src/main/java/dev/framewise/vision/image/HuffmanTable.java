package dev.framewise.vision.image;

import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * A Huffman table of a JPEG, laid out so that one look-up of the next {@link #LOOKAHEAD} bits mostly gives a symbol and
 * the number that follows it, and of an AC table mostly two of both.
 *
 * <p>A symbol's low four bits are the length of the number that follows it; its high four bits, in tables for AC
 * coefficients, are how many zeros stand before that number. Source: ITU-T T.81, Annexes C and F.2.2; the joint look-up
 * of symbol and number is that of stb_image.
 */
final class HuffmanTable {
    /** Bits of one look-up. */
    static final int LOOKAHEAD = 11;
    /** An entry, single or pair, for bits that start no symbol or a longer one: ask {@link #single}. */
    static final int NONE = 0;
    /** Lowest bits of each entry: the bits it uses. The bit above them is 0, so that an entry is a distance to shift. */
    static final int LENGTH_MASK = 0x1F;
    /** Zeros that the symbol 'no more of this block' passes over. */
    static final int END_OF_BLOCK = 128;

    private static final int LONGEST_CODE = 16;
    private static final int LONGEST_NUMBER = 11;
    private static final int ZERO_RUN = 0xF0;
    private static final int LARGEST_OF_PAIR = 63;

    /** Number above, zeros before it in bits 8 to 15, bits used below. */
    final int[] singles = new int[1 << LOOKAHEAD];
    /**
     * Of an AC table: first number in bits 25 to 31, second in 18 to 24, coefficients passed over and filled by both in 10
     * to 17, zeros before the first in 6 to 9, bits used below. Where there is no second number it is 0.
     */
    final int[] pairs;

    /** By length of code: the first code above those of that length, left-aligned in 16 bits. */
    private final int[] limits = new int[LONGEST_CODE + 1];
    /** By length of code: what a code of that length is less its symbol's index. */
    private final int[] deltas = new int[LONGEST_CODE + 1];

    private final byte[] symbols = new byte[256];
    /** What the entries were made of. */
    private final byte[] definition = new byte[LONGEST_CODE + 256];

    private int definitionLength;

    /**
     * A table that is filled by {@link #read}.
     *
     * @param ac whether it is for AC coefficients
     */
    HuffmanTable(boolean ac) {
        pairs = new int[ac ? singles.length : 0];
    }

    static int zeros(int single) {
        return (single >> 8) & 0xFF;
    }

    static int number(int single) {
        return single >> 16;
    }

    /**
     * Takes the table from a DHT segment; costs next to nothing if it is the one it holds.
     *
     * @param from where the sixteen counts begin
     * @param to end of the segment
     * @return where the table ends, or -1 if it is none
     */
    int read(byte[] segment, int from, int to) {
        if (from + LONGEST_CODE > to) {
            return -1;
        }
        int symbolCount = 0;
        for (int i = 0; i < LONGEST_CODE; i++) {
            symbolCount += segment[from + i] & 0xFF;
        }
        int end = from + LONGEST_CODE + symbolCount;
        if (symbolCount > symbols.length || end > to) {
            return -1;
        }
        if (Arrays.equals(definition, 0, definitionLength, segment, from, end)) {
            return end;
        }
        definitionLength = 0;
        if (!fillLimits(segment, from)) {
            return -1;
        }
        System.arraycopy(segment, end - symbolCount, symbols, 0, symbolCount);
        fillSingles();
        fillPairs();
        definitionLength = end - from;
        System.arraycopy(segment, from, definition, 0, definitionLength);
        return end;
    }

    /** Takes a table of the standard: T.81, section K.3. */
    void readStandard(boolean chroma) {
        JPEGHuffmanTable standard;
        if (pairs.length > 0) {
            standard = chroma ? JPEGHuffmanTable.StdACChrominance : JPEGHuffmanTable.StdACLuminance;
        } else {
            standard = chroma ? JPEGHuffmanTable.StdDCChrominance : JPEGHuffmanTable.StdDCLuminance;
        }
        short[] counts = standard.getLengths();
        short[] values = standard.getValues();
        byte[] segment = new byte[LONGEST_CODE + values.length];
        for (int i = 0; i < counts.length; i++) {
            segment[i] = (byte) counts[i];
        }
        for (int i = 0; i < values.length; i++) {
            segment[LONGEST_CODE + i] = (byte) values[i];
        }
        read(segment, /* from= */ 0, segment.length);
    }

    private boolean fillLimits(byte[] segment, int from) {
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            int count = segment[from + length - 1] & 0xFF;
            deltas[length] = code - index;
            index += count;
            code += count;
            if (code > 1 << length) {
                return false;
            }
            limits[length] = code << (LONGEST_CODE - length);
            code <<= 1;
        }
        return true;
    }

    private void fillSingles() {
        for (int prefix = 0; prefix < singles.length; prefix++) {
            int single = single((long) prefix << (Long.SIZE - LOOKAHEAD));
            singles[prefix] = (single & LENGTH_MASK) <= LOOKAHEAD ? single : NONE;
        }
    }

    private void fillPairs() {
        for (int prefix = 0; prefix < pairs.length; prefix++) {
            int first = singles[prefix];
            if (first == NONE || Math.abs(number(first)) > LARGEST_OF_PAIR) {
                pairs[prefix] = NONE;
                continue;
            }
            int length = first & LENGTH_MASK;
            if (zeros(first) == END_OF_BLOCK) {
                pairs[prefix] = (END_OF_BLOCK << 10) | length;
                continue;
            }
            int pair = (number(first) << 25) | (zeros(first) << 6);
            int covered = zeros(first) + 1;
            int second = singles[(prefix << length) & (singles.length - 1)];
            int both = length + (second & LENGTH_MASK);
            if (second != NONE && both <= LOOKAHEAD && Math.abs(number(second)) <= LARGEST_OF_PAIR) {
                boolean ends = zeros(second) == END_OF_BLOCK;
                covered += ends ? END_OF_BLOCK : zeros(second) + 1;
                pair |= (number(second) & 0x7F) << 18;
                length = both;
            }
            pairs[prefix] = pair | (covered << 10) | length;
        }
    }

    /**
     * The symbol at the top of these bits and its number, worked out.
     *
     * @return {@link #NONE} if no symbol of a baseline JPEG starts so
     */
    int single(long bits) {
        int top = (int) (bits >>> (Long.SIZE - LONGEST_CODE));
        int length = 1;
        while (top >= limits[length]) {
            if (++length > LONGEST_CODE) {
                return NONE;
            }
        }
        int symbol = symbols[(top >> (LONGEST_CODE - length)) - deltas[length]] & 0xFF;
        int size = symbol & 15;
        int zeros = symbol >> 4;
        boolean ac = pairs.length > 0;
        if (size == 0) {
            if (symbol == 0) {
                return ac ? (END_OF_BLOCK << 8) | length : length;
            }
            return ac && symbol == ZERO_RUN ? (zeros << 8) | length : NONE;
        }
        if (size > LONGEST_NUMBER || (!ac && zeros != 0)) {
            return NONE;
        }
        int number = (int) ((bits << length) >>> (Long.SIZE - size));
        // Of each length the lower half of the codes stands for negative numbers.
        if (number < 1 << (size - 1)) {
            number -= (1 << size) - 1;
        }
        return (number << 16) | (zeros << 8) | (length + size);
    }
}
