package dev.framewise.vision.track;

import dev.framewise.vision.track.TrackList.Provenance;
import dev.framewise.vision.track.TrackList.State;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a {@link TrackDelay} as bytes, big-endian. Version 1: magic, version, whether there is a key frame before, its number and
 * list, how many frames are held, and of each its number and list.
 */
final class TrackDelaySnapshot {
    private static final int MAGIC = 0x46575444; // "FWTD"
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 4 + 4 + 1 + 8 + 4;
    private static final int SIZES_BYTES = 4 + 4 + 4;
    private static final int TRACK_BYTES = 8 + 4 * 4 + 4 + 4 + 1 + 1 + 4 + 4 + 4;

    /** By their codes, which are for ever. */
    private static final List<State> STATES = List.of(State.TENTATIVE, State.CONFIRMED, State.LOST);

    private static final List<Provenance> PROVENANCES =
            List.of(Provenance.DETECTED, Provenance.INTERPOLATED, Provenance.FLOW, Provenance.PREDICTED);

    final boolean hasBefore;
    final long beforeFrame;
    final TrackList before;
    final long[] frames;
    final List<TrackList> held;

    private TrackDelaySnapshot(
            boolean hasBefore, long beforeFrame, TrackList before, long[] frames, List<TrackList> held) {
        this.hasBefore = hasBefore;
        this.beforeFrame = beforeFrame;
        this.before = before;
        this.frames = frames;
        this.held = held;
    }

    /** @param held lists of the frames; it may be longer */
    static byte[] toBytes(boolean hasBefore, long beforeFrame, TrackList before, long[] frames, TrackList[] held) {
        int length = HEADER_BYTES + bytes(before);
        for (int i = 0; i < frames.length; i++) {
            length += Long.BYTES + bytes(held[i]);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(MAGIC).putInt(VERSION).put((byte) (hasBefore ? 1 : 0)).putLong(beforeFrame);
        write(before, out);
        out.putInt(frames.length);
        for (int i = 0; i < frames.length; i++) {
            out.putLong(frames[i]);
            write(held[i], out);
        }
        return out.array();
    }

    static TrackDelaySnapshot fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        check(bytes.length >= 8 && in.getInt() == MAGIC, "these " + bytes.length + " bytes are none");
        int version = in.getInt();
        check(version == VERSION, "version " + version + " is unknown, this code reads version " + VERSION);
        try {
            boolean hasBefore = in.get() == 1;
            long beforeFrame = in.getLong();
            TrackList before = read(in);
            int size = count(in, Long.BYTES + SIZES_BYTES);
            long[] frames = new long[size];
            List<TrackList> held = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                frames[i] = in.getLong();
                held.add(read(in));
            }
            check(!in.hasRemaining(), in.remaining() + " bytes are behind its end");
            return new TrackDelaySnapshot(hasBefore, beforeFrame, before, frames, held);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a delay's state: " + bytes.length + " bytes end too early", e);
        }
    }

    private static int bytes(TrackList list) {
        return SIZES_BYTES + TRACK_BYTES * list.size() + Long.BYTES * (list.startedSize() + list.endedSize());
    }

    private static void write(TrackList list, ByteBuffer out) {
        out.putInt(list.size());
        for (int i = 0; i < list.size(); i++) {
            out.putLong(list.id(i)).putFloat(list.x1(i)).putFloat(list.y1(i));
            out.putFloat(list.x2(i))
                    .putFloat(list.y2(i))
                    .putFloat(list.score(i))
                    .putInt(list.classId(i));
            out.put((byte) STATES.indexOf(list.state(i))).put((byte) PROVENANCES.indexOf(list.provenance(i)));
            out.putInt(list.ageFrames(i)).putInt(list.framesSinceDetected(i)).putFloat(list.uncertainty(i));
        }
        out.putInt(list.startedSize());
        for (int i = 0; i < list.startedSize(); i++) {
            out.putLong(list.started(i));
        }
        out.putInt(list.endedSize());
        for (int i = 0; i < list.endedSize(); i++) {
            out.putLong(list.ended(i));
        }
    }

    private static TrackList read(ByteBuffer in) {
        TrackList list = new TrackList();
        for (int left = count(in, TRACK_BYTES); left > 0; left--) {
            list.add(
                    in.getLong(),
                    in.getFloat(),
                    in.getFloat(),
                    in.getFloat(),
                    in.getFloat(),
                    in.getFloat(),
                    in.getInt(),
                    coded(STATES, in.get()),
                    coded(PROVENANCES, in.get()),
                    in.getInt(),
                    in.getInt(),
                    in.getFloat());
        }
        for (int left = count(in, Long.BYTES); left > 0; left--) {
            list.addStarted(in.getLong());
        }
        for (int left = count(in, Long.BYTES); left > 0; left--) {
            list.addEnded(in.getLong());
        }
        return list;
    }

    /** A number of things of at least so many bytes: refused before memory is taken for more than there are. */
    private static int count(ByteBuffer in, int leastBytes) {
        int count = in.getInt();
        check(count >= 0 && (long) count * leastBytes <= in.remaining(), "it claims " + count + " entries");
        return count;
    }

    private static <T> T coded(List<T> values, byte code) {
        check(code >= 0 && code < values.size(), "the code " + code + " is unknown");
        return values.get(code);
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("a delay's state: " + problem);
        }
    }
}
