package dev.framewise.gateway.publish;

import dev.framewise.schemas.Topic;

/** Takes encoded records. Thread-safe; records of one key given by one thread keep their order. */
public interface RecordSink extends AutoCloseable {

    /**
     * Hands over a record; returns before it is acknowledged, waits while too many are under way.
     *
     * @throws dev.framewise.gateway.GatewayException if this or an earlier record could not be delivered, and there is no
     *     outbox to keep it
     */
    void send(OutRecord record);

    /**
     * Hands over a record that is no frame.
     *
     * @param timestampMillis the record's time, milliseconds since 1970
     */
    default void send(Topic topic, String key, long timestampMillis, byte[] value) {
        send(OutRecord.of(topic, key, timestampMillis, value));
    }

    /**
     * Waits until everything handed over is acknowledged by Kafka, or by an outbox where there is one.
     *
     * @throws dev.framewise.gateway.GatewayException if any record could not be delivered
     */
    void flush();

    /**
     * Makes the connection to Kafka anew, with the certificates and secrets that there are now; nothing that was handed over is lost.
     * What has no connection has nothing to do.
     */
    default void reconnect() {}

    /** Delivers what is under way, for a few seconds at most, and gives the connection back. */
    @Override
    void close();
}
