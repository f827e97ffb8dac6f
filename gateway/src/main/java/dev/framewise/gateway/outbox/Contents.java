package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.gateway.publish.OutRecord.FrameMark;
import dev.framewise.schemas.Disposition;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * What the outbox holds: the rows on the disk, and in memory the numbers of the frames that wait there and the spans of those that
 * were evicted. Belongs to the outbox's thread.
 */
final class Contents {
    private static final int BATCH = 256;
    /** Bytes of the disk that stay free: SQLite's log has up to 16 MiB, and a gateway that starts anew needs a few pages. */
    static final long RESERVE = 64L << 20;

    final SpanSet spans = new SpanSet(/* saved= */ true);
    final SpanSet waiting = new SpanSet(/* saved= */ false);
    /** Rows that are under way, or have arrived and are not removed yet. */
    final Set<Long> busy = new HashSet<>();
    /** Rows that are accounted for as evicted and must only be removed. */
    final List<Stored> doomed = new ArrayList<>();
    /** Earlier runs whose totals have changed. */
    final Set<Journals.Key> changed =
            new TreeSet<>(Comparator.comparing(Journals.Key::camera).thenComparingLong(Journals.Key::bootEpoch));

    /** Frames of this run that wait, by camera and what was done with them. */
    private final Map<String, Map<Disposition, Long>> waitingNow = new HashMap<>();

    private final OutboxSettings settings;
    private final long bootEpoch;
    private final EvictionListener evictions;
    private final LongSupplier freeBytes;
    OutboxStore store;
    private long dropped;

    /** @param freeBytes of the disk that the store is on */
    Contents(OutboxSettings settings, long bootEpoch, EvictionListener evictions, LongSupplier freeBytes) {
        this.settings = settings;
        this.freeBytes = freeBytes;
        this.bootEpoch = bootEpoch;
        this.evictions = evictions;
    }

    void open(Path directory) throws SQLException {
        store = OutboxStore.open(directory, spans, waiting);
    }

    /** Adds records to the rows. */
    void add(List<Waiting> batch, long ageMillis) throws SQLException {
        for (Waiting record : batch) {
            store.add(record, ageMillis);
            if (record.record().frame() != null) {
                waiting.add(number(record.record().key(), record.record().frame()));
                count(record.record().key(), record.record().frame(), 1);
            }
        }
    }

    /** The transaction that added them was not committed. */
    void notAdded(List<Waiting> batch) {
        for (Waiting record : batch) {
            FrameMark frame = record.record().frame();
            if (frame != null) {
                Span number = number(record.record().key(), frame);
                if (waiting.contains(number.key(), number.first())) {
                    waiting.remove(number);
                    count(number.camera(), frame, -1);
                }
            }
        }
    }

    /** Whether a record is a frame that was evicted. */
    boolean isInSpan(OutRecord record) {
        return record.frame() != null
                && spans.contains(
                        new Journals.Key(record.key(), record.frame().bootEpoch()),
                        record.frame().sequence());
    }

    /** Rows that Kafka has. */
    void remove(List<Stored> arrived) throws SQLException {
        store.remove(arrived);
        for (Stored row : arrived) {
            if (row.frame() != null) {
                store.addReplayed(key(row), row.frame().disposition(), 1);
            }
        }
    }

    /**
     * Makes the rows fit again: those that are too old, then those that are worth least, lose their records.
     *
     * @param evicted is given those, also where this fails
     */
    void evict(long ageMillis, List<Stored> evicted) throws SQLException {
        store.remove(doomed);
        List<Stored> old = idle(store.storedBefore(ageMillis - settings.maxAge().toMillis(), BATCH));
        store.remove(old);
        evicted.addAll(old);
        noteEvicted(old);
        long most = Math.min(settings.maxBytes(), roomOnDisk());
        if (store.bytes() <= most) {
            return;
        }
        // a hundredth more than needed, so that not every write has to
        long target = most - most / 100;
        for (Worth worth : Worth.values()) {
            List<Stored> batch = idle(store.least(worth, BATCH));
            while (store.bytes() > target && !batch.isEmpty()) {
                int enough = 0;
                for (long freed = 0; enough < batch.size() && freed < store.bytes() - target; enough++) {
                    freed += batch.get(enough).bytes();
                }
                List<Stored> victims = batch.subList(0, enough);
                store.remove(victims);
                evicted.addAll(victims);
                noteEvicted(victims);
                batch = idle(store.least(worth, BATCH));
            }
        }
    }

    /** What the rows may take so that the disk keeps {@link #RESERVE} for others and for SQLite's own log; below nothing, none. */
    private long roomOnDisk() throws SQLException {
        long free = freeBytes.getAsLong();
        return free >= settings.maxBytes() + RESERVE
                ? Long.MAX_VALUE
                : Math.max(0, store.bytes() + store.reusableBytes() + free - RESERVE);
    }

    /** The transaction that removed them was committed. */
    void doomedAreGone() {
        doomed.forEach(row -> busy.remove(row.id()));
        doomed.clear();
    }

    /** The transaction that removed them was not. */
    void stillToRemove(List<Stored> evicted) {
        evicted.forEach(row -> busy.add(row.id()));
        doomed.addAll(evicted);
    }

    /** Notes in memory what has arrived. */
    void noteArrived(Stored row) {
        if (row.frame() != null) {
            waiting.remove(number(row.key(), row.frame()));
            count(row.key(), row.frame(), -1);
        }
    }

    /** The frames of this run that waited are lost. */
    void evictAllOfThisRun() {
        waitingNow.forEach((camera, counts) -> {
            counts.forEach((disposition, frames) -> {
                for (long i = 0; i < frames; i++) {
                    evictions.evicted(camera, disposition);
                }
            });
        });
        waitingNow.clear();
    }

    /** Notes evictions in memory: numbers go from those that wait to the spans. */
    void noteEvicted(List<Stored> evicted) {
        for (Stored row : evicted) {
            if (row.frame() == null) {
                dropped++;
                continue;
            }
            Span span = Span.of(row.key(), row.frame());
            waiting.remove(span);
            spans.add(span);
            count(row.key(), row.frame(), -1);
            if (row.epoch() == bootEpoch) {
                evictions.evicted(row.key(), row.frame().disposition());
            } else {
                changed.add(key(row));
            }
        }
    }

    /** Records that were no frames and were evicted. */
    long dropped() {
        return dropped;
    }

    /** The lowest sequence of a camera's run that is here; {@link Long#MAX_VALUE} for none. */
    long lowest(Journals.Key key) {
        return Math.min(waiting.lowest(key), spans.lowest(key));
    }

    /** Frames of an earlier run by what finally became of them in this gateway; EVICTED is the rest of what was captured. */
    Map<Disposition, Long> fates(EpochJournal journal) throws SQLException {
        Journals.Key key = new Journals.Key(journal.camera(), journal.bootEpoch());
        Map<Disposition, Long> fates = new EnumMap<>(Disposition.class);
        Map<Disposition, Long> here = store.waiting(key);
        Map<Disposition, Long> replayed = store.replayed(key);
        long others = 0;
        for (Disposition disposition : Disposition.values()) {
            long frames = journal.deliveredLiveCount(disposition)
                    + replayed.getOrDefault(disposition, 0L)
                    + here.getOrDefault(disposition, 0L);
            if (disposition != Disposition.EVICTED) {
                fates.put(disposition, frames);
                others += frames;
            }
        }
        fates.put(Disposition.EVICTED, journal.captured() - others);
        return fates;
    }

    static Journals.Key key(Stored row) {
        return new Journals.Key(row.key(), row.epoch());
    }

    static Span number(String camera, FrameMark frame) {
        return new Span(camera, frame.bootEpoch(), frame.sequence(), frame.sequence(), 0, 0, 0, 0);
    }

    private void count(String camera, FrameMark frame, int change) {
        if (frame.bootEpoch() == bootEpoch) {
            waitingNow
                    .computeIfAbsent(camera, key -> new EnumMap<>(Disposition.class))
                    .merge(frame.disposition(), (long) change, Long::sum);
        }
    }

    private List<Stored> idle(List<Stored> rows) {
        return rows.stream().filter(row -> !busy.contains(row.id())).toList();
    }
}
