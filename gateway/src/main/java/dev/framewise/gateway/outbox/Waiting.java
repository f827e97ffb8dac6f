package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord;

/**
 * A record that goes to the store.
 *
 * @param record the record
 * @param epoch its boot epoch; of a record that is no frame, this run's
 * @param sequence its number; of a record that is no frame, a running one
 * @param worth what it is worth
 */
record Waiting(OutRecord record, long epoch, long sequence, Worth worth) {
    /** Bytes that a row takes besides its record, roughly: columns, indexes, the rest of its last page. */
    static final int ROW_BYTES = 400;

    long micros() {
        return record.frame() != null ? record.frame().capturedAtMicros() : record.timestampMillis() * 1000;
    }

    long bytes() {
        return (long) record.value().length + ROW_BYTES;
    }
}
