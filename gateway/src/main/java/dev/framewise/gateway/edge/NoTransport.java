package dev.framewise.gateway.edge;

import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.gateway.publish.Transport;
import java.util.function.Consumer;

/** The way to a Kafka that nobody named: every record stays on the disk. */
final class NoTransport implements Transport {

    @Override
    public void send(OutRecord record, Consumer<Exception> done) {
        done.accept(new IllegalStateException("no Kafka is configured: events stay on the disk"));
    }

    @Override
    public boolean isMet() {
        return false;
    }

    @Override
    public boolean isRefusal(Exception failure) {
        return false;
    }

    @Override
    public void restart() {}

    @Override
    public void close() {}
}
