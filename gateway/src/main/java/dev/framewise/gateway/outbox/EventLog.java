package dev.framewise.gateway.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened on this device, kept on it, whether or not Kafka can be reached; and what makes the pictures around it worth more
 * than others. Thread-safe.
 */
public final class EventLog {
    /** Pictures from so long before and after an event go last where room is short, microseconds. */
    static final long AROUND_MICROS = 5_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final long TELL_AGAIN_MICROS = 60_000_000;
    /** In memory. */
    static final int MAX_LINES = 10_000;
    /** The kind of the line that says how many are missing. */
    static final String LINES_LOST = "LINES_LOST";
    /** Of all cameras. */
    private static final String ALL = "";

    /** What can happen, and whether the pictures around it are worth more. The names are in logs and metrics. */
    public enum Kind {
        GATEWAY_STARTED(false),
        CAMERA_LOST(true),
        CAMERA_BACK(true),
        CAMERA_HANGS(true),
        CAMERA_GIVES(false),
        PICTURE_FROZEN(true),
        PICTURE_BLACK(true),
        PICTURE_UNREADABLE(true),
        PICTURE_GOOD(true),
        KAFKA_LOST(false),
        KAFKA_BACK(false),
        KAFKA_REFUSED(false),
        OUTBOX_FULL(false),
        OUTBOX_FAILING(false),
        OUTBOX_WORKS(false),
        OUTBOX_CORRUPT(false),
        FRAMES_LOST(false),
        DIRECTIVE_APPLIED(false),
        LOCAL_LAW(false),
        TRACK_STARTED(false),
        TRACK_ENDED(false),
        HEALTH_PAGE_MISSING(false),
        RESTARTED(false),
        DEGRADED(false);

        private final boolean ofThePicture;

        Kind(boolean ofThePicture) {
            this.ofThePicture = ofThePicture;
        }
    }

    /** An event whose neighbourhood the store has not been told of. */
    record Mark(String camera, long fromMicros) {}

    private final LongSupplier wallMicros;
    private final Queue<LogLine> lines = new ArrayDeque<>();
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, Long> until = new ConcurrentHashMap<>();
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final Map<Kind, Long> counts = new ConcurrentHashMap<>();
    private long lost;
    private boolean urgent;

    /** @param wallMicros the wall clock, microseconds since 1970 */
    public EventLog(LongSupplier wallMicros) {
        this.wallMicros = wallMicros;
    }

    /**
     * Something happened.
     *
     * @param camera to which; null for the device as a whole
     * @param text for people
     */
    public void event(Kind kind, String camera, String text) {
        long now = wallMicros.getAsLong();
        tell(kind, camera, text, now);
        counts.merge(kind, 1L, Long::sum);
        if (kind.ofThePicture) {
            until.put(camera == null ? ALL : camera, now + AROUND_MICROS);
        }
        synchronized (this) {
            add(new LogLine(now, kind.name(), camera, text, /* record= */ null));
            if (kind.ofThePicture) {
                marks.add(new Mark(camera, now - AROUND_MICROS));
            }
            urgent = true;
        }
    }

    /** Something happened that is nothing to be told at once: it is counted and kept. */
    public void note(Kind kind, String camera, String text) {
        counts.merge(kind, 1L, Long::sum);
        synchronized (this) {
            add(new LogLine(wallMicros.getAsLong(), kind.name(), camera, text, /* record= */ null));
        }
    }

    /** One line a minute of each kind and camera: one that comes and goes must not fill the disk with its story. */
    private void tell(Kind kind, String camera, String text, long now) {
        String of = kind + (camera == null ? "" : " of camera " + camera);
        Long last = told.get(of);
        if (last == null || Math.abs(now - last) >= TELL_AGAIN_MICROS) {
            told.put(of, now);
            LOG.warn("{}: {}", of, text);
        } else {
            LOG.debug("{}: {}", of, text);
        }
    }

    /** Keeps a reading. */
    public synchronized void telemetry(long micros, byte[] record) {
        add(new LogLine(micros, "telemetry", /* camera= */ null, /* text= */ null, record));
    }

    /** How often each kind has happened in this run. */
    public Map<Kind, Long> counts() {
        return counts;
    }

    /** What a picture captured at a time is worth. */
    Worth worthOfPicture(String camera, long capturedAtMicros) {
        return capturedAtMicros <= until.getOrDefault(camera, Long.MIN_VALUE)
                        || capturedAtMicros <= until.getOrDefault(ALL, Long.MIN_VALUE)
                ? Worth.NEAR_EVENT
                : Worth.PICTURE;
    }

    /** What is to be written; how many lines were lost while nothing could be is a line itself. */
    synchronized List<LogLine> takeLines() {
        List<LogLine> all = new ArrayList<>();
        if (lost > 0) {
            all.add(new LogLine(
                    wallMicros.getAsLong(),
                    LINES_LOST,
                    /* camera= */ null,
                    lost + " lines before this one: the disk could not be written",
                    /* record= */ null));
            lost = 0;
        }
        all.addAll(lines);
        lines.clear();
        urgent = false;
        return all;
    }

    synchronized List<Mark> takeMarks() {
        List<Mark> all = new ArrayList<>(marks);
        marks.clear();
        return all;
    }

    synchronized void putBack(List<LogLine> unwritten, List<Mark> unmarked) {
        List<LogLine> younger = new ArrayList<>(lines);
        lines.clear();
        unwritten.forEach(this::add);
        younger.forEach(this::add);
        marks.addAll(0, unmarked);
        while (marks.size() > MAX_LINES) {
            marks.remove(0);
        }
    }

    /** Whether something waits that should be written soon. */
    synchronized boolean isUrgent() {
        return urgent;
    }

    /** Where there is no room the oldest goes. */
    private void add(LogLine line) {
        lines.add(line);
        if (lines.size() > MAX_LINES) {
            lines.remove();
            lost++;
        }
    }
}
