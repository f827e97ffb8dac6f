package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Records that wait in memory for the next write. Where it is full, as it is when the disk does not keep up, a frame loses its
 * picture and its number goes into a span; a record that is no frame is dropped and counted. Thread-safe.
 */
final class SpoolQueue {
    /** Records without a picture are small, but each is an object. */
    private static final int MAX_RECORDS = 20_000;

    private final long maxBytes;
    private final Deque<OutRecord> records = new ArrayDeque<>();
    private final List<Span> givenUp = new ArrayList<>();
    private long bytes;
    private long dropped;

    SpoolQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds a record; false where it did not fit, so that it is settled now. */
    synchronized boolean add(OutRecord record) {
        if (bytes + record.bytes() > maxBytes || records.size() >= MAX_RECORDS) {
            giveUp(record);
            return false;
        }
        records.add(record);
        bytes += record.bytes();
        return true;
    }

    /** Takes all records out. */
    synchronized List<OutRecord> drain() {
        List<OutRecord> all = new ArrayList<>(records);
        records.clear();
        bytes = 0;
        return all;
    }

    /** Puts records that could not be written back in front; false for those that are given up, from the oldest. */
    synchronized List<OutRecord> putBack(List<OutRecord> batch) {
        List<OutRecord> lost = new ArrayList<>();
        for (int i = batch.size() - 1; i >= 0; i--) {
            OutRecord record = batch.get(i);
            if (bytes + record.bytes() > maxBytes || records.size() >= MAX_RECORDS) {
                giveUp(record);
                lost.add(record);
            } else {
                records.addFirst(record);
                bytes += record.bytes();
            }
        }
        return lost;
    }

    /** The record can never be sent or kept. */
    synchronized void giveUp(OutRecord record) {
        if (record.frame() == null) {
            dropped++;
        } else {
            givenUp.add(Span.of(record.key(), record.frame()));
        }
    }

    /** Takes out the numbers of frames whose pictures were given up. */
    synchronized List<Span> takeGivenUp() {
        List<Span> all = new ArrayList<>(givenUp);
        givenUp.clear();
        return all;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int size() {
        return records.size() + givenUp.size();
    }

    /** Records that were no frames and were dropped. */
    synchronized long dropped() {
        return dropped;
    }
}
