package dev.framewise.vision.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The coded data of a JPEG's scan without what is stuffed into it: no zeros behind FF, no restart markers. Memory is
 * reused from picture to picture.
 *
 * <p>Source: ITU-T T.81, sections B.1.1.5 and E.1.4.
 */
final class ScanBytes {
    /** Zeros behind the data, so that a reader looks whether it went too far only once per block. */
    static final int PADDING = 512;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;

    byte[] bytes = new byte[1 << 17];
    /** Where each restart interval ends, and the next begins. */
    int[] ends = new int[16];

    int intervals;
    /** The marker that ended the scan; 0 if the bytes ended before one. */
    int marker;

    /** Takes in a scan that starts at {@code from}. */
    void read(byte[] jpeg, int from) {
        if (bytes.length < jpeg.length - from + PADDING) {
            bytes = new byte[jpeg.length - from + jpeg.length / 2 + PADDING];
        }
        intervals = 0;
        marker = 0;
        int at = from;
        int to = 0;
        while (at < jpeg.length) {
            int plain = plainEnd(jpeg, at);
            System.arraycopy(jpeg, at, bytes, to, plain - at);
            to += plain - at;
            at = plain;
            if (at + 1 >= jpeg.length) {
                break;
            }
            int next = jpeg[at + 1] & 0xFF;
            if (next == 0) {
                bytes[to++] = (byte) 0xFF;
                at += 2;
            } else if (next == 0xFF) {
                at++;
            } else if (next >= RST0 && next <= RST7) {
                if (next != RST0 + (intervals & 7)) {
                    break;
                }
                endInterval(to);
                at += 2;
            } else {
                marker = next;
                break;
            }
        }
        endInterval(to);
        Arrays.fill(bytes, to, to + PADDING, (byte) 0);
    }

    /** The first FF from {@code at} on, or the end. */
    private static int plainEnd(byte[] jpeg, int at) {
        int i = at;
        for (; i <= jpeg.length - Long.BYTES; i += Long.BYTES) {
            long inverted = ~(long) LONGS.get(jpeg, i);
            // A byte of 0 in here is an FF out there.
            long found = (inverted - LOW_BITS) & ~inverted & HIGH_BITS;
            if (found != 0) {
                break;
            }
        }
        while (i < jpeg.length && jpeg[i] != (byte) 0xFF) {
            i++;
        }
        return i;
    }

    private void endInterval(int end) {
        if (intervals == ends.length) {
            ends = Arrays.copyOf(ends, 2 * intervals);
        }
        ends[intervals++] = end;
    }

    /** Eight bytes from an index on, the first on top. */
    static long longAt(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }
}
