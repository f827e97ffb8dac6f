package dev.framewise.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Marks an encoded frame as replayed without taking it apart: what waited on a device's disk is sent by the thousand, and a picture
 * need not be copied three times for one bit. In Avro's binary encoding a boolean is one byte, and {@code replayed} is the last field
 * of a frame. Thread-safe.
 */
public final class ReplayMark {
    private static final int FINGERPRINT = 2;
    private static final byte NO = 0;
    private static final byte YES = 1;

    private final RecordCodec<Frame> codec = new RecordCodec<>(Frame.class);
    private final long newest;
    private final boolean isLast;

    public ReplayMark() {
        Schema schema = Frame.getClassSchema();
        newest = SchemaNormalization.parsingFingerprint64(schema);
        List<Schema.Field> fields = schema.getFields();
        isLast = fields.get(fields.size() - 1).name().equals("replayed");
    }

    /**
     * The frame, marked: the same array where it could be done there, another where an older version had written it.
     *
     * @param frame an encoded frame; may be changed
     * @throws RecordFormatException if the bytes are seen to be no frame; those of the newest version are not looked through
     */
    public byte[] put(byte[] frame) throws RecordFormatException {
        if (isLast && isOfTheNewestVersion(frame)) {
            frame[frame.length - 1] = YES;
            return frame;
        }
        Frame decoded = codec.decode(frame);
        decoded.setReplayed(true);
        return codec.encode(decoded);
    }

    private boolean isOfTheNewestVersion(byte[] frame) {
        return frame.length > FINGERPRINT + Long.BYTES
                && ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getLong(FINGERPRINT) == newest
                && (frame[frame.length - 1] == NO || frame[frame.length - 1] == YES);
    }
}
