package dev.framewise.vision.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Bytes of a file at any position, through one small buffer. Not thread-safe. */
final class WireReader {
    /** Longest name that is read; what is longer is no name. */
    static final int MAX_TEXT_BYTES = 1 << 16;

    private static final int MAX_VARINT_BYTES = 10;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13);
    private long position;

    WireReader(FileChannel channel) throws IOException {
        this.channel = channel;
        size = channel.size();
        buffer.limit(0);
    }

    long size() {
        return size;
    }

    long position() {
        return position;
    }

    void seek(long target) {
        long ahead = target - position;
        if (ahead >= 0 && ahead <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) ahead);
        } else {
            buffer.limit(0);
        }
        position = target;
    }

    /** A number of 7 bits to a byte, lowest first, that ends before {@code end}. */
    long varint(long end) throws IOException, OnnxFormatException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            int next = next(end);
            value |= (long) (next & 0x7F) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number of more than " + MAX_VARINT_BYTES + " bytes");
    }

    /** UTF-8 from here to {@code end}. */
    String text(long end) throws IOException, OnnxFormatException {
        if (end - position > MAX_TEXT_BYTES) {
            throw damaged("a name of " + (end - position) + " bytes");
        }
        byte[] bytes = new byte[(int) (end - position)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) next(end);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int next(long end) throws IOException, OnnxFormatException {
        if (position >= end) {
            throw damaged("a value without end");
        }
        if (!buffer.hasRemaining()) {
            buffer.clear();
            // Reads less than nothing only if the file shrank meanwhile.
            if (channel.read(buffer, position) <= 0) {
                throw damaged("its end");
            }
            buffer.flip();
        }
        position++;
        return buffer.get() & 0xFF;
    }

    OnnxFormatException damaged(String what) {
        return new OnnxFormatException("is no complete ONNX model: met " + what + " at byte " + position + " of " + size
                + ". Expected a complete ONNX model: it is truncated, damaged, or something else. Fetch it again.");
    }
}
