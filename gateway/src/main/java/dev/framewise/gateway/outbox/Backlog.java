package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.schemas.Disposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what waits and sends what is written: {@link #tick} does a little of both. One transaction per commit interval holds the
 * new records, the removal of those that have arrived, evictions and the device's own log; in quiet times there is one for the log
 * every half minute. A disk that fails is tried again for ever: meanwhile memory is bounded and frames lose their pictures, not
 * their numbers. Belongs to the outbox's thread.
 */
final class Backlog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final long QUIET_COMMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long QUIET_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long FULL_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Path directory;
    private final OutboxSettings settings;
    private final OutboxParts parts;
    private final Contents contents;
    private final Drain drain;
    private final Accounts accounts;
    private long nextNumber;
    private long lastCommitNanos;
    private long lastNoteNanos;
    private long lastFullNanos;
    private long ageMillis;
    private long ageNanos;
    private boolean failing;
    private boolean storeLost;
    private final SpanSet givenUp = new SpanSet(/* saved= */ false);
    private LongSupplier freeBytes = this::usableSpace;
    private volatile OutboxStats stats = OutboxStats.NONE;
    private long transactions;

    /** Opens the store; a corrupt one is set aside. What earlier runs have left is accounted for. */
    Backlog(Path directory, OutboxSettings settings, OutboxParts parts) {
        this.directory = directory;
        this.settings = settings;
        this.parts = parts;
        long now = parts.nanoTicker().getAsLong();
        this.lastCommitNanos = now;
        this.lastNoteNanos = now;
        this.lastFullNanos = now - FULL_AGAIN_NANOS;
        this.ageNanos = now;
        this.contents = new Contents(settings, parts.bootEpoch(), parts.evictions(), () -> freeBytes.getAsLong());
        this.drain = new Drain(parts, contents, settings.drainBytesPerSecond());
        this.accounts = new Accounts(parts, contents);
        reopen();
        accounts.recover(storeLost);
        publishStats();
    }

    /** Of the disk; where nobody can say, as much as is wanted. */
    private long usableSpace() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            LOG.debug("{}: how much is free is unknown", directory, e);
            return Long.MAX_VALUE;
        }
    }

    /** Does what is due; how long it can wait for the next, nanoseconds. */
    long tick(boolean commitNow) {
        long now = parts.nanoTicker().getAsLong();
        try {
            if (contents.store == null) {
                reopen();
            }
            if (contents.store != null) {
                drain.step(now);
            }
            if (commitNow || isCommitDue(now)) {
                commit(now);
            }
            if (contents.store != null
                    && now - lastNoteNanos >= settings.commitInterval().toNanos()) {
                lastNoteNanos = now;
                accounts.note();
            }
        } catch (SQLException e) {
            failed(e);
        }
        publishStats();
        boolean draining = parts.link().isUp() && drain.hasWork();
        return draining ? drain.untilNextNanos() : QUIET_STEP_NANOS;
    }

    OutboxStats stats() {
        return stats;
    }

    void limitPages(long pages) {
        try {
            contents.store.limitPages(pages);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void setFreeBytes(LongSupplier free) {
        freeBytes = free;
    }

    void doNotSync() {
        try {
            contents.store.doNotSync();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        tick(/* commitNow= */ true);
        closeStore();
    }

    private boolean isCommitDue(long now) {
        long since = now - lastCommitNanos;
        boolean pending = parts.queue().size() > 0
                || parts.events().isUrgent()
                || !contents.doomed.isEmpty()
                || drain.arrived() > 0
                || !contents.spans.unsaved().isEmpty();
        if (failing) {
            // a disk that fails is not made better by asking it often
            return since >= RETRY_NANOS;
        }
        return since >= (pending ? settings.commitInterval().toNanos() : QUIET_COMMIT_NANOS)
                || parts.queue().bytes() > settings.memoryBytes() / 2;
    }

    private void commit(long now) throws SQLException {
        lastCommitNanos = now;
        // numbers of frames that were given up count whether or not the disk works
        takeGivenUp();
        if (contents.store == null) {
            return;
        }
        List<OutRecord> batch = parts.queue().drain();
        List<Stored> arrived = drain.takeArrived();
        List<LogLine> lines = parts.events().takeLines();
        List<EventLog.Mark> marks = parts.events().takeMarks();
        try {
            write(now, batch, arrived, lines, marks);
        } catch (SQLException e) {
            // what was evicted while it was written is in a span already
            batch.removeIf(contents::isInSpan);
            parts.queue().putBack(batch).forEach(parts::countEvicted);
            takeGivenUp();
            drain.putBackArrived(arrived);
            parts.events().putBack(lines, marks);
            contents.store.rollback();
            throw e;
        }
        drain.removed(arrived);
        batch.forEach(parts.settling()::settled);
        givenUp.all().forEach(span -> {
            parts.settling().settled(span);
            givenUp.remove(span);
        });
        accounts.recovered();
        if (failing) {
            failing = false;
            parts.events().event(EventLog.Kind.OUTBOX_WORKS, /* camera= */ null, "records are written again");
        }
    }

    private void write(
            long now, List<OutRecord> batch, List<Stored> arrived, List<LogLine> lines, List<EventLog.Mark> marks)
            throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        batch.forEach(record -> waiting.add(waiting(record)));
        accounts.closingRecords().forEach(record -> waiting.add(waiting(record)));
        if (waiting.isEmpty()
                && arrived.isEmpty()
                && lines.isEmpty()
                && contents.doomed.isEmpty()
                && contents.spans.unsaved().isEmpty()) {
            return;
        }
        OutboxStore store = contents.store;
        ageMillis += TimeUnit.NANOSECONDS.toMillis(now - ageNanos);
        ageNanos = now;
        List<Stored> evicted = new ArrayList<>();
        store.begin();
        try {
            store.setAgeMillis(ageMillis);
            contents.remove(arrived);
            contents.add(waiting, ageMillis);
            for (EventLog.Mark mark : marks) {
                store.markNearEvent(mark.camera(), mark.fromMicros());
            }
            contents.evict(ageMillis, evicted);
            store.log(lines, ageMillis, ageMillis - TimeUnit.DAYS.toMillis(settings.logDays()));
            store.save(contents.spans);
            store.commit();
        } catch (SQLException e) {
            contents.notAdded(waiting);
            contents.stillToRemove(evicted);
            throw e;
        }
        transactions++;
        contents.spans.unsaved().clear();
        contents.doomedAreGone();
        accounts.closingRecordsWritten();
        if (!evicted.isEmpty() && now - lastFullNanos >= FULL_AGAIN_NANOS) {
            lastFullNanos = now;
            parts.events()
                    .event(EventLog.Kind.OUTBOX_FULL, /* camera= */ null, "what is worth least loses its pictures");
        }
    }

    private Waiting waiting(OutRecord record) {
        if (record.frame() == null) {
            return new Waiting(record, parts.bootEpoch(), nextNumber++, Worth.READING);
        }
        Worth worth = record.frame().disposition() == Disposition.SENT
                ? parts.events().worthOfPicture(record.key(), record.frame().capturedAtMicros())
                : Worth.NO_PICTURE;
        return new Waiting(record, record.frame().bootEpoch(), record.frame().sequence(), worth);
    }

    private void takeGivenUp() {
        for (Span span : parts.queue().takeGivenUp()) {
            contents.spans.add(span);
            givenUp.add(span);
        }
    }

    private void reopen() {
        try {
            contents.open(directory);
            ageMillis = contents.store.ageMillis();
        } catch (SQLException e) {
            failed(e);
        }
    }

    private void failed(SQLException failure) {
        LOG.debug("{}: not written", directory, failure);
        if (OutboxDatabase.isCorrupt(failure)) {
            setAside(failure);
            return;
        }
        if (!failing) {
            failing = true;
            parts.events()
                    .event(
                            EventLog.Kind.OUTBOX_FAILING,
                            /* camera= */ null,
                            directory + " cannot be written (" + failure.getMessage()
                                    + "); frames go on without their pictures while Kafka is away. Is the disk full?");
        }
    }

    private void setAside(SQLException failure) {
        storeLost = true;
        closeStore();
        try {
            Path aside = OutboxDatabase.setAside(
                    directory, parts.wallClock().instant().toEpochMilli());
            parts.events()
                    .event(
                            EventLog.Kind.OUTBOX_CORRUPT,
                            /* camera= */ null,
                            "set aside as " + aside + " (" + failure.getMessage() + "); a new one begins");
            drain.forgetAll();
            contents.open(directory);
            accounts.storeIsLost();
        } catch (IOException | SQLException e) {
            LOG.error("{}: no new outbox", directory, e);
        }
    }

    private void closeStore() {
        if (contents.store != null) {
            try {
                contents.store.close();
            } catch (SQLException e) {
                LOG.warn("{}: not closed cleanly", directory, e);
            }
            contents.store = null;
        }
    }

    private void publishStats() {
        OutboxStore store = contents.store;
        stats = new OutboxStats(
                store == null ? 0 : store.rows() - drain.arrived(),
                store == null ? 0 : store.bytes(),
                contents.spans.frames(),
                drain.replayed(),
                contents.dropped() + parts.queue().dropped(),
                transactions,
                parts.link().isUp(),
                store != null && !failing);
    }
}
