package dev.framewise.vision.onnx;

import java.io.IOException;
import java.util.Arrays;

/**
 * One message of protobuf's wire format, field by field; a field that nobody reads is skipped. The fields of ONNX that matter here are
 * numbers (varints) and bytes; all others only need their length.
 *
 * <p>Source: Protocol Buffers, Encoding: tag = number * 8 + wire type; 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes.
 */
final class WireMessage {
    /** As deep as protobuf itself reads. */
    private static final int MAX_DEPTH = 100;

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int BYTES = 2;
    private static final int FOUR_BYTES = 5;

    private final WireReader reader;
    private final long end;
    private final int depth;
    private long nextField;
    private int number;
    private int wireType;
    private long value;
    private long valueStart;

    private WireMessage(WireReader reader, long start, long end, int depth) {
        this.reader = reader;
        this.end = end;
        this.depth = depth;
        nextField = start;
    }

    /** The whole file. */
    static WireMessage whole(WireReader reader) {
        return new WireMessage(reader, /* start= */ 0, reader.size(), /* depth= */ 1);
    }

    /** Goes to the next field; false at the end of the message. */
    boolean next() throws IOException, OnnxFormatException {
        if (nextField == end) {
            return false;
        }
        reader.seek(nextField);
        long tag = reader.varint(end);
        number = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (number <= 0 || tag >>> 32 != 0) {
            throw reader.damaged("field " + (tag >>> 3));
        }
        long length =
                switch (wireType) {
                    case VARINT -> {
                        value = reader.varint(end);
                        yield 0;
                    }
                    case EIGHT_BYTES -> Long.BYTES;
                    case FOUR_BYTES -> Integer.BYTES;
                    case BYTES -> reader.varint(end);
                    default -> throw reader.damaged("wire type " + wireType);
                };
        valueStart = reader.position();
        if (length < 0 || length > end - valueStart) {
            throw reader.damaged(
                    "a field of " + Long.toUnsignedString(length) + " bytes, with " + (end - valueStart) + " left");
        }
        nextField = valueStart + length;
        return true;
    }

    /** Whether the field has that number and is a number itself. */
    boolean isNumber(int field) {
        return number == field && wireType == VARINT;
    }

    /** Whether the field has that number and is text, bytes or a message. */
    boolean isBytes(int field) {
        return number == field && wireType == BYTES;
    }

    /** The number that the field is. */
    long value() {
        return value;
    }

    /** The field as text. */
    String text() throws IOException, OnnxFormatException {
        reader.seek(valueStart);
        return reader.text(nextField);
    }

    /** The field as a message. */
    WireMessage message() throws OnnxFormatException {
        if (depth == MAX_DEPTH) {
            throw reader.damaged("graphs nested more than " + MAX_DEPTH + " deep");
        }
        return new WireMessage(reader, valueStart, nextField, depth + 1);
    }

    /** The numbers of a packed field. */
    long[] packed() throws IOException, OnnxFormatException {
        reader.seek(valueStart);
        // A shape has few sizes; as many as bytes at most.
        long[] numbers = new long[(int) Math.min(nextField - valueStart, WireReader.MAX_TEXT_BYTES)];
        int count = 0;
        while (reader.position() < nextField) {
            if (count == numbers.length) {
                throw reader.damaged("a shape of more than " + count + " dimensions");
            }
            numbers[count++] = reader.varint(nextField);
        }
        return Arrays.copyOf(numbers, count);
    }
}
