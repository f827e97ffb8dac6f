package dev.framewise.vision.image;

import java.util.Arrays;

/**
 * What stands before the only scan of a usual JPEG: size, components, tables. Memory is reused, and a Huffman table that
 * is the same as in the picture before costs nothing.
 *
 * <p>Usual is: baseline or extended Huffman coding of 8 bits, one component or three as YCbCr, all in one scan. Source:
 * ITU-T T.81, Annex B.
 */
final class BaselineTables {
    private static final int TABLES = 4;
    private static final int SOF0 = 0xC0;
    private static final int SOF1 = 0xC1;
    private static final int DHT = 0xC4;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    private static final int APP14 = 0xEE;

    final CodedComponent[] components = {new CodedComponent(), new CodedComponent(), new CodedComponent()};
    int componentCount;
    int width;
    int height;
    /** Blocks of luma in an MCU, across and down. */
    int mostX;

    int mostY;
    /** Where the coded data begin. */
    int scanStart;

    private final HuffmanTable[] dcTables = new HuffmanTable[TABLES];
    private final HuffmanTable[] acTables = new HuffmanTable[TABLES];
    private final int[][] quantizers = new int[TABLES][64];
    private final boolean[] dcGiven = new boolean[TABLES];
    private final boolean[] acGiven = new boolean[TABLES];
    private final boolean[] quantizersGiven = new boolean[TABLES];
    private final int[] quantizerOf = new int[3];
    /** MCUs between restart markers; 0 for none. */
    private int restartInterval;

    BaselineTables() {
        for (int i = 0; i < TABLES; i++) {
            dcTables[i] = new HuffmanTable(/* ac= */ false);
            acTables[i] = new HuffmanTable(/* ac= */ true);
        }
    }

    /**
     * Reads everything up to the scan.
     *
     * @param jpeg whose segments {@link JpegHeader#parse} has walked through
     * @return whether it is a usual JPEG
     */
    boolean read(byte[] jpeg) {
        Arrays.fill(dcGiven, false);
        Arrays.fill(acGiven, false);
        Arrays.fill(quantizersGiven, false);
        componentCount = 0;
        restartInterval = 0;
        int at = 2;
        while (true) {
            int marker = jpeg[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            int from = at + 4;
            int end = at + 2 + unsigned16(jpeg, at + 2);
            boolean usual =
                    switch (marker) {
                        case DQT -> readQuantizers(jpeg, from, end);
                        case DHT -> readHuffman(jpeg, from, end);
                        case SOF0, SOF1 -> readFrame(jpeg, from, end);
                        case DRI -> readRestartInterval(jpeg, from, end);
                        case APP14 -> !isOtherColour(jpeg, from, end);
                        case SOS -> readScan(jpeg, from, end);
                        default -> marker > EOI;
                    };
            if (!usual || marker == SOS) {
                return usual;
            }
            at = end;
        }
    }

    /** Number of MCUs side by side. */
    int mcusX() {
        return (width + CodedComponent.SIDE * mostX - 1) / (CodedComponent.SIDE * mostX);
    }

    /** Number of rows of MCUs. */
    int mcusY() {
        return (height + CodedComponent.SIDE * mostY - 1) / (CodedComponent.SIDE * mostY);
    }

    /** MCUs between two restart markers; more than there are where there are no markers. */
    int mcusPerInterval() {
        return restartInterval == 0 ? Integer.MAX_VALUE : restartInterval;
    }

    private boolean readQuantizers(byte[] jpeg, int from, int end) {
        int at = from;
        while (at < end) {
            int id = jpeg[at] & 15;
            int bytes = 1 + ((jpeg[at] >> 4) & 15);
            if (id >= TABLES || bytes > 2 || at + 1 + 64 * bytes > end) {
                return false;
            }
            for (int k = 0; k < 64; k++) {
                quantizers[id][k] = bytes == 1 ? jpeg[at + 1 + k] & 0xFF : unsigned16(jpeg, at + 1 + 2 * k);
            }
            quantizersGiven[id] = true;
            at += 1 + 64 * bytes;
        }
        return true;
    }

    private boolean readHuffman(byte[] jpeg, int from, int end) {
        int at = from;
        while (at < end) {
            int id = jpeg[at] & 15;
            int kind = (jpeg[at] >> 4) & 15;
            if (id >= TABLES || kind > 1) {
                return false;
            }
            (kind == 0 ? dcGiven : acGiven)[id] = true;
            at = (kind == 0 ? dcTables : acTables)[id].read(jpeg, at + 1, end);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean readFrame(byte[] jpeg, int from, int end) {
        if (componentCount != 0) {
            return false;
        }
        height = unsigned16(jpeg, from + 1);
        width = unsigned16(jpeg, from + 3);
        componentCount = jpeg[from + 5] & 0xFF;
        if (end != from + 6 + 3 * componentCount) {
            return false;
        }
        for (int i = 0; i < componentCount; i++) {
            int at = from + 6 + 3 * i;
            CodedComponent component = components[i];
            component.id = jpeg[at] & 0xFF;
            // The only component of a picture has one block per MCU, whatever it says.
            component.blocksX = componentCount == 1 ? 1 : (jpeg[at + 1] >> 4) & 15;
            component.blocksY = componentCount == 1 ? 1 : jpeg[at + 1] & 15;
            quantizerOf[i] = jpeg[at + 2] & 0xFF;
        }
        mostX = components[0].blocksX;
        mostY = components[0].blocksY;
        return isUsualSampling() && !isRgb();
    }

    private boolean isUsualSampling() {
        boolean usual = (mostX == 1 || mostX == 2 || mostX == 4) && (mostY == 1 || mostY == 2);
        for (int i = 1; i < componentCount; i++) {
            usual &= components[i].blocksX == 1 && components[i].blocksY == 1;
        }
        return usual;
    }

    private boolean isRgb() {
        return componentCount == 3 && components[0].id == 'R' && components[1].id == 'G' && components[2].id == 'B';
    }

    /** Adobe's segment says that three components are RGB where its last byte is 0. */
    private static boolean isOtherColour(byte[] jpeg, int from, int end) {
        return end - from >= 12 && jpeg[from] == 'A' && jpeg[from + 1] == 'd' && jpeg[from + 11] == 0;
    }

    private boolean readRestartInterval(byte[] jpeg, int from, int end) {
        restartInterval = end - from == 2 ? unsigned16(jpeg, from) : 0;
        return end - from == 2;
    }

    private boolean readScan(byte[] jpeg, int from, int end) {
        if (componentCount == 0 || (jpeg[from] & 0xFF) != componentCount || end != from + 4 + 2 * componentCount) {
            return false;
        }
        for (int i = 0; i < componentCount; i++) {
            CodedComponent component = components[i];
            int tables = jpeg[from + 2 + 2 * i] & 0xFF;
            if (component.id != (jpeg[from + 1 + 2 * i] & 0xFF)
                    || quantizerOf[i] >= TABLES
                    || !quantizersGiven[quantizerOf[i]]
                    || !isThere(dcTables, dcGiven, tables >> 4)
                    || !isThere(acTables, acGiven, tables & 15)) {
                return false;
            }
            component.quantizers = quantizers[quantizerOf[i]];
            component.dc = dcTables[tables >> 4];
            component.ac = acTables[tables & 15];
        }
        scanStart = end;
        return true;
    }

    /** Cameras that leave out their Huffman tables mean the ones that everybody has: T.81, section K.3. */
    private static boolean isThere(HuffmanTable[] tables, boolean[] given, int id) {
        if (id >= TABLES) {
            return false;
        }
        if (!given[id] && id < 2) {
            tables[id].readStandard(/* chroma= */ id == 1);
            given[id] = true;
        }
        return given[id];
    }

    private static int unsigned16(byte[] jpeg, int at) {
        return ((jpeg[at] & 0xFF) << 8) | (jpeg[at + 1] & 0xFF);
    }
}
