package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.gateway.publish.Transport;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A Kafka that is there or not, by hand; answers at once. Thread-safe. */
final class TestingTransport implements Transport {
    private final List<OutRecord> arrived;
    private final Runnable onReady;
    private Predicate<OutRecord> refuses = record -> false;
    private boolean up;
    private boolean met;
    private boolean losesAnswers;

    /** @param arrived where records end up, shared by all connections of a test */
    TestingTransport(List<OutRecord> arrived, Runnable onReady) {
        this.arrived = arrived;
        this.onReady = onReady;
    }

    synchronized void setUp(boolean now) {
        boolean news = now && !up;
        up = now;
        met |= now;
        if (news) {
            onReady.run();
        }
    }

    /** Records arrive, yet the sender hears that they did not. */
    synchronized void loseAnswers(boolean now) {
        losesAnswers = now;
    }

    synchronized void refuse(Predicate<OutRecord> which) {
        refuses = which;
    }

    @Override
    public void send(OutRecord record, Consumer<Exception> done) {
        Exception failure = null;
        synchronized (this) {
            if (!up) {
                failure = new Exception("no broker");
            } else if (refuses.test(record)) {
                failure = new IllegalArgumentException("too large");
            } else {
                arrived.add(record);
                if (losesAnswers) {
                    failure = new Exception("no answer");
                }
            }
        }
        done.accept(failure);
    }

    @Override
    public synchronized boolean isMet() {
        return met;
    }

    @Override
    public boolean isRefusal(Exception failure) {
        return failure instanceof IllegalArgumentException;
    }

    @Override
    public void restart() {}

    @Override
    public void close() {}
}
