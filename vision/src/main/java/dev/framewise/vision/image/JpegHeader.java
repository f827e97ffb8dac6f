package dev.framewise.vision.image;

import dev.framewise.vision.image.ImageFormatException.Problem;

/**
 * What a JPEG says about itself before its pixels: read from the SOF segment without decoding anything.
 *
 * <p>Source: ITU-T T.81, Annex B.
 *
 * @param width pixels, 1 to 65535
 * @param height pixels, 1 to 65535
 * @param components 1 (grey) or 3 (YCbCr)
 */
public record JpegHeader(int width, int height, int components) {
    /**
     * Fifty million pixels: above an 8K camera (33 million), at most 150 MB of planes per decoder; a header of
     * 20000x20000 asks for eight times as much.
     */
    public static final long DEFAULT_MAX_PIXELS = 50_000_000;

    private static final int SOF0 = 0xC0;
    private static final int SOF2 = 0xC2;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int SOF15 = 0xCF;
    private static final int RST0 = 0xD0;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int TEM = 0x01;

    /** As {@link #parse(byte[], long)} with {@link #DEFAULT_MAX_PIXELS}. */
    public static JpegHeader parse(byte[] jpeg) throws ImageFormatException {
        return parse(jpeg, DEFAULT_MAX_PIXELS);
    }

    /**
     * Reads the header and checks that the picture has an end.
     *
     * @param maxPixels largest allowed width times height
     * @throws ImageFormatException if the bytes are no JPEG that {@link JpegDecoder} reads, or too large
     */
    public static JpegHeader parse(byte[] jpeg, long maxPixels) throws ImageFormatException {
        if (jpeg.length == 0) {
            throw new ImageFormatException(Problem.EMPTY, "0 bytes");
        }
        if (jpeg.length < 2 || unsigned(jpeg, 0) != 0xFF || unsigned(jpeg, 1) != SOI) {
            throw new ImageFormatException(
                    Problem.NOT_A_JPEG, jpeg.length + " bytes that do not start with FF D8 (start of image)");
        }
        JpegHeader header = null;
        int at = 2;
        while (true) {
            int marker = markerAt(jpeg, at);
            // Any number of FF may stand before a marker.
            if (marker == 0xFF) {
                at++;
                continue;
            }
            at += 2;
            if (standsAlone(marker)) {
                continue;
            }
            if (marker == EOI) {
                throw new ImageFormatException(Problem.CORRUPT, "the picture ends before its first scan");
            }
            int length = segmentLength(jpeg, at, marker);
            if (marker == SOS) {
                if (header == null) {
                    throw new ImageFormatException(Problem.CORRUPT, "a scan stands before the frame header");
                }
                requireEnd(jpeg, at + length);
                return header;
            }
            if (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC) {
                header = frame(jpeg, at, length, marker, maxPixels);
            }
            at += length;
        }
    }

    /**
     * Where the first scan's data begin: what stands before is the header.
     *
     * @param jpeg a picture that was parsed
     */
    static int scanAt(byte[] jpeg) {
        int at = 2;
        while (true) {
            int marker = unsigned(jpeg, at + 1);
            if (marker == 0xFF) {
                at++;
            } else if (standsAlone(marker)) {
                at += 2;
            } else {
                at += 2 + unsigned16(jpeg, at + 2);
                if (marker == SOS) {
                    return at;
                }
            }
        }
    }

    private static boolean standsAlone(int marker) {
        return marker == TEM || (marker >= RST0 && marker <= SOI);
    }

    private static int markerAt(byte[] jpeg, int at) throws ImageFormatException {
        if (at + 1 >= jpeg.length) {
            throw new ImageFormatException(Problem.TRUNCATED, "the bytes end at " + jpeg.length + " within the header");
        }
        if (unsigned(jpeg, at) != 0xFF) {
            throw new ImageFormatException(Problem.CORRUPT, "no marker at byte " + at);
        }
        return unsigned(jpeg, at + 1);
    }

    private static int segmentLength(byte[] jpeg, int at, int marker) throws ImageFormatException {
        int length = at + 1 < jpeg.length ? unsigned16(jpeg, at) : Integer.MAX_VALUE;
        if (length > jpeg.length - at) {
            throw new ImageFormatException(
                    Problem.TRUNCATED, String.format("the bytes end within segment FF %02X", marker));
        }
        if (length < 2) {
            throw new ImageFormatException(Problem.CORRUPT, String.format("segment FF %02X has no length", marker));
        }
        return length;
    }

    private static JpegHeader frame(byte[] jpeg, int at, int length, int marker, long maxPixels)
            throws ImageFormatException {
        if (length < 8) {
            throw new ImageFormatException(Problem.CORRUPT, "the frame header is too short");
        }
        int bits = unsigned(jpeg, at + 2);
        int height = unsigned16(jpeg, at + 3);
        int width = unsigned16(jpeg, at + 5);
        int components = unsigned(jpeg, at + 7);
        if (marker > SOF2 || bits != 8 || (components != 1 && components != 3)) {
            throw new ImageFormatException(
                    Problem.UNSUPPORTED,
                    String.format(
                            "coding process FF %02X, %d bits, %d components; read are baseline, extended and"
                                    + " progressive Huffman (FF C0 to C2), 8 bits, 1 or 3 components",
                            marker, bits, components));
        }
        if (width == 0 || height == 0) {
            throw new ImageFormatException(Problem.ZERO_SIZE, width + "x" + height + " pixels");
        }
        if ((long) width * height > maxPixels) {
            throw new ImageFormatException(
                    Problem.TOO_LARGE, width + "x" + height + " pixels; at most " + maxPixels + " are allowed");
        }
        return new JpegHeader(width, height, components);
    }

    /**
     * Looks for the end marker from behind. Coded data never holds FF D9, so a picture cut anywhere in its scans has
     * none; bytes after the end marker, which some cameras pad with, do no harm.
     */
    private static void requireEnd(byte[] jpeg, int from) throws ImageFormatException {
        for (int i = jpeg.length - 2; i >= from; i--) {
            if (unsigned(jpeg, i) == 0xFF && unsigned(jpeg, i + 1) == EOI) {
                return;
            }
        }
        throw new ImageFormatException(
                Problem.TRUNCATED, "no end of image marker (FF D9) in " + jpeg.length + " bytes");
    }

    private static int unsigned(byte[] jpeg, int at) {
        return jpeg[at] & 0xFF;
    }

    private static int unsigned16(byte[] jpeg, int at) {
        return unsigned(jpeg, at) << 8 | unsigned(jpeg, at + 1);
    }
}
