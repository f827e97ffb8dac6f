package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord;
import java.util.HashMap;
import java.util.Map;

/**
 * Which frames are in memory only: handed over, and neither Kafka nor the store has acknowledged them yet. The lowest of each camera
 * stands in its journal, so that after a kill the next run knows which frames died with the process. Thread-safe.
 */
final class Settling {
    private final Journals journals;
    private final SpanSet inMemory = new SpanSet(/* saved= */ false);
    private final Map<Journals.Key, Long> highest = new HashMap<>();

    Settling(Journals journals) {
        this.journals = journals;
    }

    synchronized void handedOver(OutRecord record) {
        if (record.frame() != null) {
            Span number = Contents.number(record.key(), record.frame());
            inMemory.add(number);
            highest.merge(number.key(), number.last(), Math::max);
        }
    }

    /** Kafka or the store has it. */
    void settled(OutRecord record) {
        if (record.frame() != null) {
            settled(Contents.number(record.key(), record.frame()));
        }
    }

    /** Kafka has these, or the store has their numbers. */
    synchronized void settled(Span span) {
        Long last = highest.get(span.key());
        EpochJournal journal = journals.of(span.camera(), span.bootEpoch());
        if (last == null || journal == null) {
            return;
        }
        inMemory.remove(span);
        long lowest = inMemory.lowest(span.key());
        journal.setSettledBelow(lowest == Long.MAX_VALUE ? last + 1 : lowest);
    }

    /** The lowest sequence of a run that is in memory only; {@link Long#MAX_VALUE} for none. */
    synchronized long lowest(Journals.Key key) {
        return inMemory.lowest(key);
    }
}
