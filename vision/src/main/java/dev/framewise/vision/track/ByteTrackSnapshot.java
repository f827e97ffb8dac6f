package dev.framewise.vision.track;

import dev.framewise.vision.track.TrackList.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/**
 * The whole state of a {@link ByteTracker} as bytes, big-endian. Version 1: magic, version, the five scalars, the numbers of
 * tracked and of lost tracks, then the tracks in the tracker's own order, which breaks ties and so belongs to the state.
 */
record ByteTrackSnapshot(
        long nextId,
        boolean started,
        boolean sawKeyFrame,
        long lastFrame,
        long rejectedDetections,
        ArrayList<Track> tracked,
        ArrayList<Track> lost) {
    private static final int MAGIC = 0x46574254; // "FWBT"
    private static final int VERSION = 1;
    private static final State[] STATES = {State.TENTATIVE, State.CONFIRMED, State.LOST};
    private static final int HEADER_BYTES = 4 + 4 + 8 + 1 + 1 + 8 + 8 + 4 + 4;
    private static final int TRACK_BYTES = 8 + 1 + 1 + 4 + 4 + 8 + 8 + 8 * KalmanBoxFilter.SIZE;

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + TRACK_BYTES * (tracked.size() + lost.size()));
        out.putInt(MAGIC).putInt(VERSION);
        out.putLong(nextId)
                .put(bit(started))
                .put(bit(sawKeyFrame))
                .putLong(lastFrame)
                .putLong(rejectedDetections);
        out.putInt(tracked.size()).putInt(lost.size());
        tracked.forEach(track -> write(track, out));
        lost.forEach(track -> write(track, out));
        return out.array();
    }

    static ByteTrackSnapshot fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        check(bytes.length >= 8 && in.getInt() == MAGIC, "these " + bytes.length + " bytes are none");
        int version = in.getInt();
        check(version == VERSION, "version " + version + " is unknown, this code reads version " + VERSION);
        check(bytes.length >= HEADER_BYTES, bytes.length + " bytes are shorter than its header, truncated?");
        long nextId = in.getLong();
        boolean started = flag(in);
        boolean sawKeyFrame = flag(in);
        long lastFrame = in.getLong();
        long rejectedDetections = in.getLong();
        int trackedSize = in.getInt();
        int lostSize = in.getInt();
        check(trackedSize >= 0 && lostSize >= 0, "it claims " + trackedSize + " and " + lostSize + " tracks");
        long length = HEADER_BYTES + (long) TRACK_BYTES * ((long) trackedSize + lostSize);
        check(
                bytes.length == length,
                bytes.length + " bytes instead of " + length + ": truncated or with something behind its end");
        return new ByteTrackSnapshot(
                nextId, started, sawKeyFrame, lastFrame, rejectedDetections, read(in, trackedSize), read(in, lostSize));
    }

    private static void write(Track track, ByteBuffer out) {
        out.putLong(track.id).put(code(track.state)).put(bit(track.shown));
        out.putFloat(track.score).putInt(track.classId);
        out.putLong(track.startFrame).putLong(track.detectedFrame);
        for (double value : track.motion) {
            out.putDouble(value);
        }
    }

    private static ArrayList<Track> read(ByteBuffer in, int size) {
        ArrayList<Track> tracks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Track track = new Track();
            track.id = in.getLong();
            byte code = in.get();
            check(code >= 0 && code < STATES.length, "track " + track.id + " has the unknown state " + code);
            track.state = STATES[code];
            track.shown = flag(in);
            track.score = in.getFloat();
            track.classId = in.getInt();
            track.startFrame = in.getLong();
            track.detectedFrame = in.getLong();
            for (int k = 0; k < track.motion.length; k++) {
                track.motion[k] = in.getDouble();
            }
            tracks.add(track);
        }
        return tracks;
    }

    /** The code on the wire, whatever the order of the enum becomes. */
    private static byte code(State state) {
        for (byte code = 0; code < STATES.length; code++) {
            if (STATES[code] == state) {
                return code;
            }
        }
        throw new IllegalStateException("no code for state " + state);
    }

    private static byte bit(boolean value) {
        return (byte) (value ? 1 : 0);
    }

    private static boolean flag(ByteBuffer in) {
        byte value = in.get();
        check(value == 0 || value == 1, "a flag at byte " + (in.position() - 1) + " has the value " + value);
        return value == 1;
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("ByteTrack snapshot: " + problem);
        }
    }
}
