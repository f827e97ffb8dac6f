package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord;
import dev.framewise.gateway.publish.Transport;
import dev.framewise.schemas.Frame;
import dev.framewise.schemas.RecordCodec;
import dev.framewise.schemas.RecordFormatException;
import dev.framewise.schemas.ReplayMark;
import dev.framewise.schemas.Topic;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the backlog beside the live records: oldest first, marked as replayed, at a steady pace, a few at a time, and through a
 * connection of its own, so that a live record never waits behind one. Belongs to the outbox's thread; Kafka's answers come from
 * others.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    /** Under way at most; it is what a live record can find on the wire before it. */
    private static final int MAX_RECORDS = 8;

    /** A record a millisecond at most: what comes in bursts is what a live record waits behind. */
    private static final long RECORD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long STEP_NANOS = 2 * RECORD_NANOS;
    private static final long LONGEST_STEP_NANOS = 100 * RECORD_NANOS;

    private static final long MAX_BYTES = 256 << 10;
    private static final int LOOK_AHEAD = 64;
    /** Evicted frames that are sent together. */
    private static final int PIECE = 500;

    /** A row's or a span's end: it has arrived, or not. */
    private record Answer(int generation, Stored row, Span span, Exception failure) {}

    private final String device;
    private final Contents contents;
    private final Link link;
    private final Transport transport;
    private final Settling settling;
    private final EventLog events;
    private final long bytesPerSecond;
    private final RecordCodec<Frame> frames = new RecordCodec<>(Frame.class);
    private final ReplayMark mark = new ReplayMark();
    private final Deque<Stored> next = new ArrayDeque<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Stored> arrived = new ArrayList<>();
    private int generation;
    private int rowsUnderWay;
    private long bytesUnderWay;
    private long spanFramesUnderWay;
    private double allowance;
    private long lastNanos;
    private long replayed;

    Drain(OutboxParts parts, Contents contents, long bytesPerSecond) {
        this.device = parts.device();
        this.contents = contents;
        this.link = parts.link();
        this.transport = parts.replay();
        this.settling = parts.settling();
        this.events = parts.events();
        this.bytesPerSecond = bytesPerSecond;
        this.lastNanos = parts.nanoTicker().getAsLong();
    }

    /** Takes Kafka's answers, and sends what is due. */
    void step(long nowNanos) throws SQLException {
        allowance = Math.min(bytesPerSecond / 16.0, allowance + bytesPerSecond * ((nowNanos - lastNanos) / 1e9));
        long turns = Math.max(1, (nowNanos - lastNanos) / RECORD_NANOS);
        lastNanos = nowNanos;
        takeAnswers();
        if (!link.isUp() || !transport.isMet()) {
            return;
        }
        for (int sent = 0; sent < turns && allowance > 0; sent++) {
            boolean full = rowsUnderWay >= MAX_RECORDS || bytesUnderWay >= MAX_BYTES;
            if (full || (next.isEmpty() && !lookAhead())) {
                break;
            }
            sendRow(next.poll());
        }
        if (allowance > 0 && spanFramesUnderWay == 0 && !contents.spans.isEmpty()) {
            sendPiece();
        }
    }

    /** Whether something is waiting that could be sent now. */
    boolean hasWork() {
        return contents.store != null
                && (contents.store.rows() > arrived.size() || !contents.spans.isEmpty() || !answers.isEmpty());
    }

    /** Until the pace allows the next record, nanoseconds. */
    long untilNextNanos() {
        long byPace = Math.round(-allowance / bytesPerSecond * 1e9);
        return Math.min(LONGEST_STEP_NANOS, Math.max(STEP_NANOS, byPace));
    }

    /** Rows that have arrived and are not removed yet. */
    int arrived() {
        return arrived.size();
    }

    /** Rows that have arrived and can be removed. */
    List<Stored> takeArrived() {
        List<Stored> all = new ArrayList<>(arrived);
        arrived.clear();
        return all;
    }

    void putBackArrived(List<Stored> rows) {
        arrived.addAll(0, rows);
    }

    /** Rows that were removed. */
    void removed(List<Stored> rows) {
        rows.forEach(row -> contents.busy.remove(row.id()));
        replayed += rows.size();
    }

    /** Records that have arrived after a wait. */
    long replayed() {
        return replayed;
    }

    /** The rows are gone: what is under way has no row any more. */
    void forgetAll() {
        generation++;
        next.clear();
        arrived.clear();
        contents.busy.clear();
        rowsUnderWay = 0;
        bytesUnderWay = 0;
        spanFramesUnderWay = 0;
    }

    private boolean lookAhead() throws SQLException {
        for (Stored row : contents.store.oldest(LOOK_AHEAD + contents.busy.size())) {
            if (!contents.busy.contains(row.id())) {
                next.add(row);
            }
        }
        return !next.isEmpty();
    }

    private void sendRow(Stored row) throws SQLException {
        byte[] value = contents.store.record(row.id());
        if (value == null) {
            return;
        }
        if (row.frame() != null) {
            value = markReplayed(row, value);
        }
        OutRecord record = new OutRecord(topic(row), row.key(), row.micros() / 1000, value, row.frame());
        contents.busy.add(row.id());
        rowsUnderWay++;
        bytesUnderWay += row.bytes();
        allowance -= row.bytes();
        int current = generation;
        transport.send(record, failure -> answers.add(new Answer(current, row, /* span= */ null, failure)));
    }

    private void sendPiece() {
        Span span = contents.spans.oldest();
        Span piece = span.part(span.first(), Math.min(span.last(), span.first() + PIECE - 1));
        spanFramesUnderWay = piece.frames();
        int current = generation;
        for (long sequence = piece.first(); sequence <= piece.last(); sequence++) {
            Frame frame = piece.frame(device, sequence);
            Span one = piece.part(sequence, sequence);
            OutRecord record = OutRecord.of(frame, frames.encode(frame));
            allowance -= record.bytes();
            transport.send(record, failure -> answers.add(new Answer(current, /* row= */ null, one, failure)));
        }
    }

    private void takeAnswers() {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            if (answer.generation() != generation) {
                continue;
            }
            boolean refused = answer.failure() != null && transport.isRefusal(answer.failure());
            if (answer.failure() != null && !refused && link.failed()) {
                events.event(
                        EventLog.Kind.KAFKA_LOST,
                        /* camera= */ null,
                        "while the backlog was sent: " + answer.failure());
            }
            if (answer.row() != null) {
                rowsUnderWay--;
                bytesUnderWay -= answer.row().bytes();
                settle(answer.row(), answer.failure() == null, refused);
            } else {
                spanFramesUnderWay--;
                if (answer.failure() == null) {
                    contents.spans.remove(answer.span());
                    settling.settled(answer.span());
                }
            }
        }
    }

    private void settle(Stored row, boolean ok, boolean refused) {
        if (ok) {
            arrived.add(row);
            contents.noteArrived(row);
        } else if (refused) {
            events.event(
                    EventLog.Kind.KAFKA_REFUSED,
                    /* camera= */ null,
                    "a stored record of " + row.topic() + ", key " + row.key());
            contents.noteEvicted(List.of(row));
            contents.doomed.add(row);
        } else {
            contents.busy.remove(row.id());
            // it comes first again, before those that were read after it
            next.clear();
        }
    }

    private byte[] markReplayed(Stored row, byte[] value) {
        try {
            return mark.put(value);
        } catch (RecordFormatException e) {
            // the job puts it among the dead letters, with its reason; the sequence is accounted for there
            LOG.error("row {} of camera {} is no frame", row.id(), row.key(), e);
            return value;
        }
    }

    private static Topic topic(Stored row) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.topicName().equals(row.topic()))
                .findFirst()
                .orElse(Topic.DEAD_LETTERS);
    }
}
