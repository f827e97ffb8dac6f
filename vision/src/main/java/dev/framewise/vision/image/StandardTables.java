package dev.framewise.vision.image;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * The Huffman tables that UVC cameras and MJPEG in AVI leave out, because everybody has them. Decoders know them, too, but use
 * those of the picture before where there was one, which may be another camera's.
 *
 * <p>Source: ITU-T T.81, section K.3.
 */
final class StandardTables {
    private static final int FILL = 0xFF;
    private static final int DHT = 0xC4;
    private static final int RST0 = 0xD0;
    private static final int SOI = 0xD8;
    private static final int SOS = 0xDA;
    private static final int TEM = 0x01;
    private static final byte[] SEGMENT = segment();

    private StandardTables() {}

    /**
     * A picture with these tables, or as it is if it has tables of its own.
     *
     * @param jpeg bytes that {@link JpegHeader#parse} has read
     */
    static byte[] completed(byte[] jpeg) {
        return hasTables(jpeg) ? jpeg : withTables(jpeg);
    }

    private static boolean hasTables(byte[] jpeg) {
        int at = 2;
        while (true) {
            int marker = jpeg[at + 1] & 0xFF;
            if (marker == DHT) {
                return true;
            }
            if (marker == SOS) {
                return false;
            }
            if (marker == FILL) {
                at++;
            } else if (marker == TEM || (marker >= RST0 && marker <= SOI)) {
                at += 2;
            } else {
                at += 2 + ((jpeg[at + 2] & 0xFF) << Byte.SIZE | (jpeg[at + 3] & 0xFF));
            }
        }
    }

    private static byte[] withTables(byte[] jpeg) {
        byte[] whole = new byte[jpeg.length + SEGMENT.length];
        System.arraycopy(jpeg, 0, whole, 0, 2);
        System.arraycopy(SEGMENT, 0, whole, 2, SEGMENT.length);
        System.arraycopy(jpeg, 2, whole, 2 + SEGMENT.length, jpeg.length - 2);
        return whole;
    }

    private static byte[] segment() {
        ByteArrayOutputStream tables = new ByteArrayOutputStream();
        add(tables, /* id= */ 0x00, JPEGHuffmanTable.StdDCLuminance);
        add(tables, /* id= */ 0x01, JPEGHuffmanTable.StdDCChrominance);
        add(tables, /* id= */ 0x10, JPEGHuffmanTable.StdACLuminance);
        add(tables, /* id= */ 0x11, JPEGHuffmanTable.StdACChrominance);
        int length = 2 + tables.size();
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.write(FILL);
        segment.write(DHT);
        segment.write(length >>> Byte.SIZE);
        segment.write(length);
        segment.writeBytes(tables.toByteArray());
        return segment.toByteArray();
    }

    /** Class and number in one byte, how many codes there are of 1 to 16 bits, and what they stand for. */
    private static void add(ByteArrayOutputStream tables, int id, JPEGHuffmanTable table) {
        tables.write(id);
        short[] counts = table.getLengths();
        for (int bits = 0; bits < 16; bits++) {
            tables.write(bits < counts.length ? counts[bits] : 0);
        }
        for (short value : table.getValues()) {
            tables.write(value);
        }
    }
}
