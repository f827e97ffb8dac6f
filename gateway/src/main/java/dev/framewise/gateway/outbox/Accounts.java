package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.schemas.CaptureCounts;
import dev.framewise.schemas.CaptureWindow;
import dev.framewise.schemas.Disposition;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.Topic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every sequence number is accounted for across kills and lost files: what died in the memory of an earlier run is
 * told of as evicted, and each earlier run gets a closing window whose totals hold. Belongs to the outbox's thread.
 */
final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final OutboxParts parts;
    private final Contents contents;
    private final RecordCodec<CaptureWindow> codec = new RecordCodec<>(CaptureWindow.class);
    private List<Journals.Key> closing = List.of();

    Accounts(OutboxParts parts, Contents contents) {
        this.parts = parts;
        this.contents = contents;
    }

    /**
     * At the start: what earlier runs had in memory only.
     *
     * @param storeLost whether the store was found corrupt, so that what waited there is lost, too
     */
    void recover(boolean storeLost) {
        for (EpochJournal journal : parts.journals().earlier()) {
            long lost = evictMissing(journal, storeLost ? journal.deliveredBelow() : journal.settledBelow());
            journal.addUnsettled(lost);
            contents.changed.add(key(journal));
            if (lost > 0) {
                parts.events()
                        .event(
                                EventLog.Kind.FRAMES_LOST,
                                journal.camera(),
                                lost + " frames of the run of epoch " + journal.bootEpoch()
                                        + (storeLost ? " were in the outbox" : " were in memory when it ended"));
            }
        }
    }

    /** The transaction that holds the numbers of the lost frames was committed: they are not lost again. */
    void recovered() {
        parts.journals().earlier().forEach(journal -> journal.setSettledBelow(journal.captured()));
    }

    /** The rows are gone: all that was not delivered and is not in memory has lost its picture. */
    void storeIsLost() throws SQLException {
        for (Span gone : contents.waiting.all()) {
            contents.spans.add(withTimes(gone));
            EpochJournal journal = parts.journals().of(gone.camera(), gone.bootEpoch());
            if (gone.bootEpoch() != parts.bootEpoch() && journal != null) {
                contents.changed.add(key(journal));
            }
            contents.waiting.remove(gone);
        }
        contents.evictAllOfThisRun();
        contents.store.begin();
        for (EpochJournal journal : parts.journals().earlier()) {
            for (Disposition disposition : Disposition.values()) {
                contents.store.addReplayed(key(journal), disposition, journal.replayedCount(disposition));
            }
        }
        contents.store.commit();
        contents.spans.saveAllAgain();
    }

    /** Records that close earlier runs whose totals have changed, to be written with the next transaction. */
    List<OutRecord> closingRecords() throws SQLException {
        closing = new ArrayList<>(contents.changed);
        List<OutRecord> records = new ArrayList<>();
        for (Journals.Key key : closing) {
            EpochJournal journal = parts.journals().of(key.camera(), key.bootEpoch());
            if (journal != null) {
                records.add(closingRecord(journal));
            }
        }
        return records;
    }

    void closingRecordsWritten() {
        closing.forEach(contents.changed::remove);
        closing = List.of();
    }

    /** After a transaction: how far each run has come stands in its journal; a run that is done is forgotten. */
    void note() throws SQLException {
        for (EpochJournal journal : parts.journals().current()) {
            long lowest =
                    Math.min(contents.lowest(key(journal)), parts.settling().lowest(key(journal)));
            journal.setDeliveredBelow(lowest == Long.MAX_VALUE ? journal.settledBelow() : lowest);
        }
        for (EpochJournal journal : parts.journals().earlier()) {
            Journals.Key key = key(journal);
            long lowest = contents.lowest(key);
            if (lowest != Long.MAX_VALUE) {
                journal.setDeliveredBelow(lowest);
                contents.store.replayed(key).forEach(journal::setReplayed);
            } else if (!contents.changed.contains(key)) {
                contents.store.begin();
                contents.store.forget(key);
                contents.store.commit();
                parts.journals().forget(journal);
            }
        }
    }

    private long evictMissing(EpochJournal journal, long from) {
        long lost = 0;
        for (long sequence = from; sequence < journal.captured(); sequence++) {
            if (!contents.waiting.contains(key(journal), sequence)
                    && !contents.spans.contains(key(journal), sequence)) {
                contents.spans.add(one(journal, sequence));
                lost++;
            }
        }
        return lost;
    }

    private Span withTimes(Span numbers) {
        EpochJournal journal = parts.journals().of(numbers.camera(), numbers.bootEpoch());
        if (journal == null) {
            LOG.error("no journal of {}", numbers);
            return numbers;
        }
        return new Span(
                numbers.camera(),
                numbers.bootEpoch(),
                numbers.first(),
                numbers.last(),
                journal.microsOf(numbers.first()),
                journal.microsOf(numbers.last()),
                journal.width(),
                journal.height());
    }

    private static Span one(EpochJournal journal, long sequence) {
        long micros = journal.microsOf(sequence);
        return new Span(
                journal.camera(),
                journal.bootEpoch(),
                sequence,
                sequence,
                micros,
                micros,
                journal.width(),
                journal.height());
    }

    private OutRecord closingRecord(EpochJournal journal) throws SQLException {
        Map<Disposition, Long> fates = contents.fates(journal);
        CaptureWindow window = CaptureWindow.newBuilder()
                .setDevice(parts.device())
                .setCamera(journal.camera())
                .setBootEpoch(journal.bootEpoch())
                .setWindowStartMicros(journal.microsOf(journal.captured()))
                .setWindowEndMicros(journal.microsOf(journal.captured()))
                .setWindow(new CaptureCounts(0L, 0L, 0L, 0L, 0L))
                .setTotal(new CaptureCounts(
                        journal.captured(),
                        fates.get(Disposition.SENT),
                        fates.get(Disposition.SKIPPED),
                        fates.get(Disposition.THROTTLED),
                        fates.get(Disposition.EVICTED)))
                .setClosed(true)
                .setUnsettled(journal.unsettled())
                .build();
        return OutRecord.of(Topic.CAPTURES, journal.camera(), window.getWindowEndMicros() / 1000, codec.encode(window));
    }

    private static Journals.Key key(EpochJournal journal) {
        return new Journals.Key(journal.camera(), journal.bootEpoch());
    }
}
