package dev.framewise.gateway.publish;

import dev.framewise.schemas.Topic;

/** Takes encoded records. Thread-safe; records of one key given by one thread keep their order. */
public interface RecordSink extends AutoCloseable {

    /**
     * Hands over a record; returns before it is acknowledged, waits while too many are under way.
     *
     * @param timestampMillis the record's time, milliseconds since 1970
     * @throws dev.framewise.gateway.GatewayException if this or an earlier record could not be delivered
     */
    void send(Topic topic, String key, long timestampMillis, byte[] value);

    /**
     * Waits until everything handed over is acknowledged.
     *
     * @throws dev.framewise.gateway.GatewayException if any record could not be delivered
     */
    void flush();

    /** Delivers what is under way, for a few seconds at most, and gives the connection back. */
    @Override
    void close();
}
