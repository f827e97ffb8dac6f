package dev.framewise.schemas;

/**
 * Bytes that are not a record of the expected type: a data error, so it is checked and carries a {@link Problem} that goes
 * into the dead letter. It never wraps an error of the machine.
 */
public final class RecordFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the bytes. */
    public enum Problem {
        /** No bytes at all. */
        EMPTY,
        /** The two marker bytes of Avro's single-object encoding are missing. */
        NOT_A_RECORD,
        /** The fingerprint names a schema this version has never heard of. */
        UNKNOWN_SCHEMA,
        /** The bytes end before the record does. */
        TRUNCATED,
        /** The record ends before the bytes do. */
        TRAILING_BYTES,
        /** The bytes contradict the schema they name. */
        CORRUPT
    }

    private final Problem problem;

    public RecordFormatException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
