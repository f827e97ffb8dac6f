package dev.framewise.gateway.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spans that do not touch each other, by camera and boot epoch. They live in memory and remember which of them the disk does not
 * know yet, so that they work where the disk does not. Not thread-safe.
 */
final class SpanSet {
    /** Where a span begins. */
    record Start(Journals.Key key, long first) {}

    private final Map<Journals.Key, TreeMap<Long, Span>> spans = new HashMap<>();
    private final Map<Start, Span> unsaved = new HashMap<>();
    private final boolean saved;

    /** @param saved whether the disk is to know them */
    SpanSet(boolean saved) {
        this.saved = saved;
    }

    /** Adds frames; those that are in already stay in once. */
    void add(Span span) {
        TreeMap<Long, Span> of = spans.computeIfAbsent(span.key(), key -> new TreeMap<>());
        Span merged = span;
        for (Span other : new ArrayList<>(around(of, span))) {
            if (other.touches(merged)) {
                take(of, other);
                merged = merged.plus(other);
            }
        }
        put(of, merged);
    }

    /** Takes frames out, where they are in. */
    void remove(Span range) {
        TreeMap<Long, Span> of = spans.get(range.key());
        if (of == null) {
            return;
        }
        for (Span span : new ArrayList<>(around(of, range))) {
            if (span.last() < range.first() || span.first() > range.last()) {
                continue;
            }
            take(of, span);
            if (span.first() < range.first()) {
                put(of, span.part(span.first(), range.first() - 1));
            }
            if (span.last() > range.last()) {
                put(of, span.part(range.last() + 1, span.last()));
            }
        }
        if (of.isEmpty()) {
            spans.remove(range.key());
        }
    }

    /** The span whose first frame is the oldest of all; null for none. */
    Span oldest() {
        Span oldest = null;
        for (Span span : all()) {
            if (oldest == null
                    || span.bootEpoch() < oldest.bootEpoch()
                    || (span.bootEpoch() == oldest.bootEpoch() && span.firstMicros() < oldest.firstMicros())) {
                oldest = span;
            }
        }
        return oldest;
    }

    /** All spans. */
    List<Span> all() {
        List<Span> all = new ArrayList<>();
        spans.values().forEach(of -> all.addAll(of.values()));
        return all;
    }

    /** Whether a frame is in. */
    boolean contains(Journals.Key key, long sequence) {
        TreeMap<Long, Span> of = spans.get(key);
        Map.Entry<Long, Span> before = of == null ? null : of.floorEntry(sequence);
        return before != null && before.getValue().last() >= sequence;
    }

    /** Frames of all. */
    long frames() {
        return all().stream().mapToLong(Span::frames).sum();
    }

    /** The lowest sequence of a camera's run; {@link Long#MAX_VALUE} for none. */
    long lowest(Journals.Key key) {
        TreeMap<Long, Span> of = spans.get(key);
        return of == null || of.isEmpty() ? Long.MAX_VALUE : of.firstKey();
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    /** Adds what the disk knows already. */
    void load(Span saved) {
        spans.computeIfAbsent(saved.key(), key -> new TreeMap<>()).put(saved.first(), saved);
    }

    /** Spans by their start that the disk does not know; a start without a span is one that it must forget. */
    Map<Start, Span> unsaved() {
        return unsaved;
    }

    /** The disk is lost: it knows none any more. */
    void saveAllAgain() {
        unsaved.clear();
        all().forEach(span -> unsaved.put(new Start(span.key(), span.first()), span));
    }

    private void take(TreeMap<Long, Span> of, Span span) {
        of.remove(span.first());
        if (saved) {
            unsaved.put(new Start(span.key(), span.first()), null);
        }
    }

    private void put(TreeMap<Long, Span> of, Span span) {
        of.put(span.first(), span);
        if (saved) {
            unsaved.put(new Start(span.key(), span.first()), span);
        }
    }

    private static Collection<Span> around(TreeMap<Long, Span> of, Span range) {
        Long from = of.floorKey(range.first());
        return of.subMap(
                        from == null ? range.first() : from,
                        /* fromInclusive= */ true,
                        range.last() == Long.MAX_VALUE ? range.last() : range.last() + 1,
                        /* toInclusive= */ true)
                .values();
    }
}
