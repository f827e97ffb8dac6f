package dev.framewise.operators.tracking;

import dev.framewise.schemas.Fate;
import dev.framewise.vision.track.LookReason;
import dev.framewise.vision.track.TrackDelay;
import dev.framewise.vision.track.TrackList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * The short delay of one camera: skipped frames whose rows wait for the next key frame ({@link TrackDelay}), each with what its
 * row and its account need. A frame that was filled in between two key frames met the fate INTERPOLATED, one that had to go as it
 * was PREDICTED; nobody knows before, so its fate waits with it. Plain Java, one thread.
 */
final class DelayedRows {
    private static final byte VERSION = 1;

    /** Takes frames whose time has come, in order. */
    interface Sink {
        void accept(TrackedRow row, TrackList tracks);
    }

    private final TrackDelay delay;
    private final ArrayDeque<TrackedRow> waiting = new ArrayDeque<>();

    /** @param maxFrames frames that wait at most, at least 1 */
    DelayedRows(int maxFrames) {
        delay = new TrackDelay(maxFrames);
    }

    /** Takes a frame that was tracked, and gives out all whose time has come, perhaps this one. */
    void accept(TrackedRow row, TrackList tracks, Sink sink) {
        boolean key = row.fate() == Fate.INFERRED;
        waiting.add(row);
        delay.accept(row.sequence(), key, tracks, (sequence, filled) -> {
            TrackedRow next = take(sequence);
            sink.accept(key && next.sequence() != row.sequence() ? next.withFate(Fate.INTERPOLATED) : next, filled);
        });
    }

    /** Gives out what waits, as it is. */
    void flush(Sink sink) {
        delay.flush((sequence, tracks) -> sink.accept(take(sequence), tracks));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    private TrackedRow take(long sequence) {
        TrackedRow next = waiting.remove();
        if (next.sequence() != sequence) {
            throw new IllegalStateException("frame " + sequence + " comes before frame " + next.sequence());
        }
        return next;
    }

    byte[] snapshot() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(waiting.size());
            for (TrackedRow row : waiting) {
                write(row, out);
            }
            byte[] lists = delay.snapshot();
            out.writeInt(lists.length);
            out.write(lists);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if the bytes are no such state */
    void restore(byte[] snapshot) {
        waiting.clear();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("rows that wait were written by version " + version
                        + " of this state; this job reads version " + VERSION);
            }
            for (int left = in.readInt(); left > 0; left--) {
                waiting.add(readRow(in));
            }
            byte[] lists = new byte[Math.min(in.readInt(), snapshot.length)];
            in.readFully(lists);
            if (in.read() >= 0) {
                throw new IllegalArgumentException("rows that wait: there are bytes behind their end");
            }
            delay.restore(lists);
        } catch (IOException e) {
            throw new IllegalArgumentException("rows that wait: " + snapshot.length + " bytes end too early", e);
        }
        if (delay.heldFrames() != waiting.size()) {
            throw new IllegalArgumentException(
                    "rows that wait: " + waiting.size() + " rows, but " + delay.heldFrames() + " lists");
        }
    }

    private static void write(TrackedRow row, DataOutputStream out) throws IOException {
        out.writeUTF(row.device());
        out.writeLong(row.bootEpoch());
        out.writeLong(row.sequence());
        out.writeLong(row.capturedAtMicros());
        out.writeInt(row.width());
        out.writeInt(row.height());
        out.writeUTF(row.fate().name());
        out.writeBoolean(row.model() != null);
        out.writeUTF(row.model() == null ? "" : row.model());
        out.writeUTF(row.decision().name());
        out.writeLong(row.newlyCaptured());
        out.writeLong(row.timestampMillis());
    }

    private static TrackedRow readRow(DataInputStream in) throws IOException {
        String device = in.readUTF();
        long bootEpoch = in.readLong();
        long sequence = in.readLong();
        long capturedAtMicros = in.readLong();
        int width = in.readInt();
        int height = in.readInt();
        Fate fate = Fate.valueOf(in.readUTF());
        boolean hasModel = in.readBoolean();
        String model = in.readUTF();
        return new TrackedRow(
                device,
                bootEpoch,
                sequence,
                capturedAtMicros,
                width,
                height,
                fate,
                hasModel ? model : null,
                LookReason.valueOf(in.readUTF()),
                /* newlyCaptured= */ in.readLong(),
                /* timestampMillis= */ in.readLong());
    }
}
