package dev.framewise.schemas;

import static dev.framewise.schemas.RecordFormatException.Problem.CORRUPT;
import static dev.framewise.schemas.RecordFormatException.Problem.EMPTY;
import static dev.framewise.schemas.RecordFormatException.Problem.NOT_A_RECORD;
import static dev.framewise.schemas.RecordFormatException.Problem.TRAILING_BYTES;
import static dev.framewise.schemas.RecordFormatException.Problem.TRUNCATED;
import static dev.framewise.schemas.RecordFormatException.Problem.UNKNOWN_SCHEMA;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Bytes of one record type, in Avro's single-object encoding: two marker bytes {@code C3 01}, the little-endian CRC-64-AVRO
 * fingerprint of the writer's schema, then the binary body (Avro 1.11 specification, "Single-object encoding").
 *
 * <p>Writes the newest schema only; reads every version listed in {@link SchemaHistory}. Immutable; one instance may be
 * used from any number of threads.
 *
 * @param <T> the generated record class
 */
public final class RecordCodec<T extends SpecificRecord> {
    private static final int HEADER_BYTES = 10;
    private static final byte MARKER_0 = (byte) 0xC3;
    private static final byte MARKER_1 = 0x01;

    static {
        // Avro believes a length field before it looks at the bytes: without these, ten bytes of garbage ask for 2 GiB.
        limit("org.apache.avro.limits.bytes.maxLength", 64 << 20);
        limit("org.apache.avro.limits.string.maxLength", 1 << 20);
        limit("org.apache.avro.limits.collectionItems.maxLength", 1 << 20);
    }

    private final Class<T> type;
    private final Schema newest;
    private final byte[] header;
    private final Map<Long, Schema> writers = new HashMap<>();

    public RecordCodec(Class<T> type) {
        this.type = type;
        this.newest = SpecificData.get().getSchema(type);
        long fingerprint = SchemaNormalization.parsingFingerprint64(newest);
        this.header = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER_0)
                .put(MARKER_1)
                .putLong(fingerprint)
                .array();
        for (Schema old : SchemaHistory.of(type)) {
            writers.put(SchemaNormalization.parsingFingerprint64(old), old);
        }
        writers.put(fingerprint, newest);
    }

    /** The record class. */
    public Class<T> type() {
        return type;
    }

    /** Encodes a record that satisfies its schema; a null in a field that may not be null is an internal error and throws. */
    public byte[] encode(T record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.writeBytes(header);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new SpecificDatumWriter<T>(newest).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    /**
     * Decodes what any known version has written.
     *
     * @param bytes may be null or anything at all
     * @throws RecordFormatException if they are not exactly one record of this type
     */
    public T decode(byte[] bytes) throws RecordFormatException {
        if (bytes == null || bytes.length == 0) {
            throw problem(EMPTY, "the value is empty", null);
        }
        if (bytes.length < HEADER_BYTES || bytes[0] != MARKER_0 || bytes[1] != MARKER_1) {
            throw problem(
                    NOT_A_RECORD,
                    "the first bytes are " + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, HEADER_BYTES))
                            + ", not c301 and a fingerprint; is this producer a Framewise gateway?",
                    null);
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        Schema writer = writers.get(fingerprint);
        if (writer == null) {
            throw problem(
                    UNKNOWN_SCHEMA,
                    String.format(
                            "schema fingerprint %016x is none of the %d known versions; upgrade this reader first",
                            fingerprint, writers.size()),
                    null);
        }
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
        try {
            T record = new SpecificDatumReader<T>(writer, newest, SpecificData.getForClass(type)).read(null, decoder);
            if (!decoder.isEnd()) {
                throw problem(TRAILING_BYTES, "bytes are left over behind the record", null);
            }
            return record;
        } catch (EOFException e) {
            throw problem(TRUNCATED, "the record ends after " + bytes.length + " bytes, in the middle of a field", e);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            throw problem(CORRUPT, "the bytes contradict their schema: " + e.getMessage(), e);
        }
    }

    private RecordFormatException problem(RecordFormatException.Problem problem, String detail, Throwable cause) {
        return new RecordFormatException(problem, type.getSimpleName() + ": " + detail, cause);
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
