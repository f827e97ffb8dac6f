package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.gateway.publish.Transport;
import java.time.Clock;
import java.util.function.LongSupplier;

/** What the parts of one outbox share. */
record OutboxParts(
        String device,
        long bootEpoch,
        Journals journals,
        Settling settling,
        SpoolQueue queue,
        EventLog events,
        Link link,
        Transport replay,
        EvictionListener evictions,
        Clock wallClock,
        LongSupplier nanoTicker) {

    /** A record of this run has lost its picture after it was counted. */
    void countEvicted(OutRecord record) {
        if (record.frame() != null) {
            evictions.evicted(record.key(), record.frame().disposition());
        }
    }
}
