package dev.framewise.gateway.publish;

import java.util.function.Consumer;

/** One way to Kafka. Thread-safe; records of one key keep their order among themselves. */
public interface Transport extends AutoCloseable {

    /**
     * Sends a record; returns at once.
     *
     * @param done called once, on any thread and perhaps before this returns: with null when Kafka has the record for good, else
     *     with what went wrong; then it may still arrive
     */
    void send(OutRecord record, Consumer<Exception> done);

    /** Whether the broker has been met, so that {@link #send} can do more than fail. */
    boolean isMet();

    /** Whether a failure is the record's own, so that sending it again cannot help. */
    boolean isRefusal(Exception failure);

    /** Throws the connection away and makes a new one, with the files it is configured with read again. */
    void restart();

    /** Gives up what is under way after a few seconds; each record's {@code done} has been called then. */
    @Override
    void close();
}
