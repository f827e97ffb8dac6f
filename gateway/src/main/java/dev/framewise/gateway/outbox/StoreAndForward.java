package dev.framewise.gateway.outbox;

import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.gateway.publish.KafkaTransport;
import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.gateway.publish.RecordSink;
import dev.framewise.gateway.publish.Transport;
import dev.framewise.schemas.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records to Kafka while it can be reached, and keeps them on the disk while it cannot: <em>live first</em>, a new record is
 * sent at once whatever waits, and the backlog goes beside it. {@link #send} never waits for the disk, and for Kafka only as long
 * as {@link #PATIENCE_MILLIS} where records are under way that fill the memory set aside for them.
 *
 * <p>Threads: any hands records over; Kafka's threads report back; one of its own writes and drains.
 */
public final class StoreAndForward implements RecordSink {
    private static final Logger LOG = LoggerFactory.getLogger(StoreAndForward.class);
    /** Enough for a clip that is read as fast as Kafka takes it, too little to hold up a camera. */
    private static final long PATIENCE_MILLIS = 200;

    private static final long START_PATIENCE_MILLIS = 2_000;
    private static final long STOP_SECONDS = 15;
    private static final long A_LITTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final OutboxParts parts;
    private final long memoryBytes;
    private final Transport live;
    private final Backlog backlog;
    private final Thread thread;
    private final Object change = new Object();
    private long underWayBytes;
    private long underWayRecords;
    private long flushesAsked;
    private long flushesDone;
    private boolean closing;
    private volatile long lastTickNanos;

    /** Makes the way to Kafka of this name. */
    @FunctionalInterface
    public interface Transports extends BiFunction<String, Runnable, Transport> {}

    /** What a store-and-forward sink is made of. */
    public record Setup(
            Path directory,
            OutboxSettings settings,
            String device,
            long bootEpoch,
            Journals journals,
            EventLog events,
            EvictionListener evictions,
            Transports transports,
            Clock wallClock,
            LongSupplier nanoTicker) {}

    /** Opens the store and looks for Kafka; waits a moment for it, so that the first records need not go by the disk. */
    public StoreAndForward(Setup setup) {
        memoryBytes = setup.settings().memoryBytes();
        Link link = new Link(setup.nanoTicker());
        EventLog events = setup.events();
        live = setup.transports().apply("kafka-live-" + setup.device(), () -> linkIsUp(link, events));
        parts = new OutboxParts(
                setup.device(),
                setup.bootEpoch(),
                setup.journals(),
                new Settling(setup.journals()),
                new SpoolQueue(memoryBytes),
                events,
                link,
                setup.transports().apply("kafka-replay-" + setup.device(), () -> {}),
                setup.evictions(),
                setup.wallClock(),
                setup.nanoTicker());
        backlog = new Backlog(setup.directory(), setup.settings(), parts);
        lastTickNanos = System.nanoTime();
        thread = new Thread(this::run, "outbox-" + setup.device());
    }

    /** Two connections to a real Kafka. */
    public static Transports kafka(KafkaSettings settings, long memoryBytes) {
        return kafka(settings, memoryBytes, KafkaTransport.GATEWAY_TOPICS);
    }

    /** The same for other topics than a gateway's. */
    public static Transports kafka(KafkaSettings settings, long memoryBytes, List<Topic> topics) {
        return (name, onReady) ->
                new KafkaTransport(settings, name, 2 * memoryBytes, onReady, KafkaTransport.Patience.NORMAL, topics);
    }

    /** Begins to write and to drain; waits up to two seconds for Kafka. */
    public void start() {
        thread.start();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_PATIENCE_MILLIS);
        synchronized (change) {
            boolean waiting = true;
            while (waiting && !parts.link().isUp() && System.nanoTime() < deadline) {
                waiting = waitFor(A_LITTLE_NANOS);
            }
        }
    }

    @Override
    public void send(OutRecord record) {
        parts.settling().handedOver(record);
        if (!parts.link().mayTry()) {
            keep(record);
        } else if (!reserve(record)) {
            parts.link().notTried();
            keep(record);
        } else {
            live.send(record, failure -> answered(record, failure));
        }
    }

    @Override
    public void flush() {
        synchronized (change) {
            boolean waiting = true;
            while (waiting && underWayRecords > 0 && !closing) {
                waiting = waitFor(A_LITTLE_NANOS);
            }
            long mine = ++flushesAsked;
            change.notifyAll();
            while (waiting && flushesDone < mine && !closing) {
                waiting = waitFor(A_LITTLE_NANOS);
            }
        }
    }

    /**
     * Waits until all that was kept has been sent, where Kafka is there to take it.
     *
     * @param patience how long at most; what is left then stays on the disk for the next run
     */
    public void awaitBacklog(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (change) {
            boolean waiting = true;
            while (waiting
                    && stats().records() > 0
                    && parts.link().isUp()
                    && !closing
                    && System.nanoTime() < deadline) {
                waiting = waitFor(A_LITTLE_NANOS);
            }
        }
    }

    /** Throws both connections away and makes new ones. */
    @Override
    public void reconnect() {
        live.restart();
        parts.replay().restart();
    }

    /** How it stands; from any thread. */
    public OutboxStats stats() {
        return backlog.stats();
    }

    /** When its thread last went round, by {@link System#nanoTime()}. */
    public long lastTickNanos() {
        return lastTickNanos;
    }

    @Override
    public void close() {
        live.close();
        parts.replay().close();
        synchronized (change) {
            closing = true;
            change.notifyAll();
        }
        try {
            if (thread.getState() == Thread.State.NEW) {
                backlog.close();
            } else {
                thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For tests: one round of the outbox's thread, which must not have been started. */
    void tick(boolean commitNow) {
        backlog.tick(commitNow);
    }

    /** For tests of a full disk: pages that the file may have at most. */
    void limitPages(long pages) {
        backlog.limitPages(pages);
    }

    /** For tests of a disk that others fill: how much of it is free. */
    void setFreeBytes(LongSupplier free) {
        backlog.setFreeBytes(free);
    }

    /** For tests of hours in seconds: a disk that need not be waited for. What is in the file is the same. */
    void doNotSync() {
        backlog.doNotSync();
    }

    private void run() {
        while (true) {
            long asked;
            synchronized (change) {
                if (closing) {
                    break;
                }
                asked = flushesAsked;
            }
            long waitNanos = TimeUnit.SECONDS.toNanos(1);
            try {
                waitNanos = backlog.tick(/* commitNow= */ asked > flushesDone);
            } catch (RuntimeException e) {
                LOG.error("the outbox goes on after what must not happen", e);
            }
            lastTickNanos = System.nanoTime();
            synchronized (change) {
                flushesDone = asked;
                change.notifyAll();
                if (!closing && flushesAsked == flushesDone) {
                    waitFor(waitNanos);
                }
            }
        }
        backlog.close();
    }

    private void answered(OutRecord record, Exception failure) {
        synchronized (change) {
            underWayBytes -= record.bytes();
            underWayRecords--;
            change.notifyAll();
        }
        if (failure == null) {
            linkIsUp(parts.link(), parts.events());
            if (record.frame() != null) {
                EpochJournal journal =
                        parts.journals().of(record.key(), record.frame().bootEpoch());
                if (journal != null) {
                    journal.deliveredLive(record.frame().disposition());
                }
            }
            parts.settling().settled(record);
        } else if (live.isRefusal(failure)) {
            parts.events()
                    .event(
                            EventLog.Kind.KAFKA_REFUSED,
                            record.frame() == null ? null : record.key(),
                            "a record of " + record.topic().topicName() + ": " + failure.getMessage());
            parts.queue().giveUp(record);
            parts.countEvicted(record);
        } else {
            if (parts.link().failed()) {
                parts.events().event(EventLog.Kind.KAFKA_LOST, /* camera= */ null, failure.toString());
            }
            keep(record);
        }
    }

    private void linkIsUp(Link link, EventLog events) {
        if (link.succeeded()) {
            events.event(EventLog.Kind.KAFKA_BACK, /* camera= */ null, "records are sent");
            synchronized (change) {
                change.notifyAll();
            }
        }
    }

    private void keep(OutRecord record) {
        if (!parts.queue().add(record)) {
            parts.countEvicted(record);
        }
    }

    private boolean reserve(OutRecord record) {
        synchronized (change) {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            boolean waiting = true;
            while (waiting
                    && underWayBytes + record.bytes() > memoryBytes
                    && System.nanoTime() < deadline
                    && !closing) {
                waiting = waitFor(A_LITTLE_NANOS);
            }
            if (underWayBytes > 0 && underWayBytes + record.bytes() > memoryBytes) {
                return false;
            }
            underWayBytes += record.bytes();
            underWayRecords++;
            return true;
        }
    }

    /** Waits for a change; false where the thread was interrupted. The caller holds the lock and looks again. */
    private boolean waitFor(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(change, nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
