package dev.framewise.gateway.outbox;

/**
 * How an outbox stands.
 *
 * @param records that wait on the disk and have not arrived
 * @param bytes that the disk holds, roughly
 * @param evictedFrames frames without pictures that wait to be told of
 * @param replayed records that have arrived after a wait, in this run
 * @param dropped records that were no frames and were lost, in this run
 * @param transactions written in this run
 * @param linked whether Kafka can be reached
 * @param working whether the disk takes records
 */
public record OutboxStats(
        long records,
        long bytes,
        long evictedFrames,
        long replayed,
        long dropped,
        long transactions,
        boolean linked,
        boolean working) {

    /** Of a gateway without an outbox. */
    public static final OutboxStats NONE = new OutboxStats(0, 0, 0, 0, 0, 0, /* linked= */ true, /* working= */ true);
}
