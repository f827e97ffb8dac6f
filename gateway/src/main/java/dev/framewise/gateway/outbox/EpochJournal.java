package dev.framewise.gateway.outbox;

import dev.framewise.schemas.Disposition;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How far one camera has come in one boot epoch, in a file that is mapped into memory: a process that is killed leaves it as it was,
 * at the price of a few stores per frame and one page that the kernel writes now and then. When the power fails, what the kernel had
 * not written yet is lost with the frames that were in memory, at most half a minute by Linux's defaults.
 *
 * <p>Layout: a version word, then 64-bit little-endian fields, see the constants. Written by capture, delivery and outbox threads;
 * each field is a word of its own, so no reader sees half of one.
 */
public final class EpochJournal {
    /** "FWJRNL" and version 1. */
    private static final long VERSION = 0x0001_4c4e_524a_5746L;

    private static final int SIZE = 4096;
    /** Pictures of one run: more than a century of the fastest camera that there is. */
    private static final long MOST = 1L << 42;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int EPOCH = 8;
    private static final int CAPTURED = 16;
    private static final int SETTLED_BELOW = 24;
    private static final int DELIVERED_BELOW = 32;
    private static final int UNSETTLED = 40;
    private static final int FIRST_MICROS = 48;
    private static final int WIDTH = 64;
    private static final int HEIGHT = 72;
    /** Acknowledged by Kafka at once, by disposition. */
    private static final int LIVE = 128;
    /** Acknowledged after a wait in the store, by disposition. */
    private static final int REPLAYED = 192;
    /** When the last pictures were taken, by sequence modulo {@link #RECENT}. */
    private static final int TIMES = 1024;

    private static final int RECENT = 256;
    /**
     * When every {@link #RECENT}th picture was taken, the last {@link #MARKS} of them: half an hour at 15 a second. 0 where an older
     * gateway has written no mark.
     */
    private static final int MARK_TIMES = TIMES + Long.BYTES * RECENT;

    private static final int MARKS = (SIZE - MARK_TIMES) / Long.BYTES;

    private final String camera;
    private final ByteBuffer words;

    private EpochJournal(String camera, ByteBuffer words) {
        this.camera = camera;
        this.words = words;
    }

    /** A journal that dies with the process. */
    public static EpochJournal inMemory(String camera, long bootEpoch) {
        EpochJournal journal = new EpochJournal(camera, ByteBuffer.allocateDirect(SIZE));
        journal.set(EPOCH, bootEpoch);
        return journal;
    }

    /** A new journal. */
    static EpochJournal create(Path file, String camera, long bootEpoch) throws IOException {
        EpochJournal journal = map(file, camera);
        journal.set(EPOCH, bootEpoch);
        journal.set(0, VERSION);
        return journal;
    }

    /**
     * The journal of an earlier run.
     *
     * @throws IOException if the file is no journal
     */
    static EpochJournal open(Path file, String camera) throws IOException {
        EpochJournal journal = map(file, camera);
        if (journal.get(0) != VERSION) {
            throw new IOException(file + " is no journal of this version");
        }
        if (journal.captured() < 0 || journal.captured() > MOST) {
            throw new IOException(file + " says that " + journal.captured() + " pictures were captured");
        }
        return journal;
    }

    private static EpochJournal map(Path file, String camera) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // written, not only mapped: on a full disk this fails here and not as a bus error later
            if (channel.size() < SIZE) {
                ByteBuffer page = ByteBuffer.allocate(SIZE);
                while (page.hasRemaining()) {
                    channel.write(page, page.position());
                }
            }
            return new EpochJournal(camera, channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
        }
    }

    /** Whose it is. */
    public String camera() {
        return camera;
    }

    /** See the record Frame. */
    public long bootEpoch() {
        return get(EPOCH);
    }

    /** Pictures taken: the next sequence number. */
    public long captured() {
        return get(CAPTURED);
    }

    /** Notes a picture before anything is done with it. */
    public void capture(long sequence, long capturedAtMicros, int width, int height) {
        if (sequence == 0) {
            set(FIRST_MICROS, capturedAtMicros);
        }
        set(time(sequence), capturedAtMicros);
        if (sequence % RECENT == 0) {
            set(mark(sequence / RECENT), capturedAtMicros);
        }
        set(WIDTH, width);
        set(HEIGHT, height);
        set(CAPTURED, sequence + 1);
    }

    /** Every sequence below was acknowledged by Kafka or by the store at some time. */
    long settledBelow() {
        return get(SETTLED_BELOW);
    }

    void setSettledBelow(long sequence) {
        set(SETTLED_BELOW, sequence);
    }

    /** Every sequence below was acknowledged by Kafka. */
    long deliveredBelow() {
        return get(DELIVERED_BELOW);
    }

    void setDeliveredBelow(long sequence) {
        set(DELIVERED_BELOW, sequence);
    }

    /** Of those that the process took with it, how many Kafka may have had nevertheless. */
    long unsettled() {
        return get(UNSETTLED);
    }

    void addUnsettled(long frames) {
        add(UNSETTLED, frames);
    }

    /** Counts a frame that Kafka took at once. */
    void deliveredLive(Disposition disposition) {
        add(LIVE + Long.BYTES * Codes.of(disposition), 1);
    }

    /** Frames that Kafka took at once. */
    long deliveredLiveCount(Disposition disposition) {
        return get(LIVE + Long.BYTES * Codes.of(disposition));
    }

    /** Notes how many frames Kafka took after a wait, as the store counts them; used should the store be lost. */
    void setReplayed(Disposition disposition, long frames) {
        set(REPLAYED + Long.BYTES * Codes.of(disposition), frames);
    }

    long replayedCount(Disposition disposition) {
        return get(REPLAYED + Long.BYTES * Codes.of(disposition));
    }

    /**
     * When a picture was taken, microseconds since 1970: exact for the last ones and for every {@link #RECENT}th of those before; between
     * two that are known they are taken to be evenly spaced, and so they are where the marks end, back to the first picture of all.
     */
    long microsOf(long sequence) {
        long captured = captured();
        if (captured == 0) {
            return 0;
        }
        // one less than there is room for: a process that dies while it notes a picture has lost the time of the oldest
        long oldest = Math.max(0, captured - (RECENT - 1));
        if (sequence >= oldest) {
            return get(time(Math.min(sequence, captured - 1)));
        }
        long below = sequence / RECENT;
        long above = below + 1;
        long oldestMark = Math.max(0, (captured - 1) / RECENT - (MARKS - 2));
        if (below < oldestMark || get(mark(below)) == 0) {
            below = 0;
            above = Math.max(above, oldestMark);
        }
        boolean marked = above * RECENT < oldest && get(mark(above)) != 0;
        long from = below * RECENT;
        long to = marked ? above * RECENT : oldest;
        long fromMicros = below == 0 ? get(FIRST_MICROS) : get(mark(below));
        long toMicros = marked ? get(mark(above)) : get(time(oldest));
        return fromMicros + Math.round((double) (toMicros - fromMicros) * (sequence - from) / (to - from));
    }

    private static int mark(long number) {
        return MARK_TIMES + Long.BYTES * (int) (number % MARKS);
    }

    private static int time(long sequence) {
        return TIMES + Long.BYTES * (int) (sequence % RECENT);
    }

    /** Of the last picture, pixels. */
    int width() {
        return (int) get(WIDTH);
    }

    /** Of the last picture, pixels. */
    int height() {
        return (int) get(HEIGHT);
    }

    private long get(int at) {
        return (long) LONGS.getVolatile(words, at);
    }

    private void set(int at, long value) {
        LONGS.setVolatile(words, at, value);
    }

    private void add(int at, long value) {
        LONGS.getAndAdd(words, at, value);
    }
}
