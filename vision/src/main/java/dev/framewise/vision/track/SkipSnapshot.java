package dev.framewise.vision.track;

import java.nio.ByteBuffer;
import java.util.ArrayList;

/**
 * The whole state of a {@link SkipTracker} but its picture as bytes, big-endian. Version 1: magic, version, the scalars of the tracker, its
 * birth score, its clock, its signals and its pixel motion, the number of tracks, then the tracks ordered by id.
 */
final class SkipSnapshot {
    private static final int MAGIC = 0x4657534b; // "FWSK"
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 4 + 4 + 8 + 1 + 8 + 8 + (8 + 4) + (8 + 8) + 4 + 1 + 1 + 4;
    private static final int TRACK_BYTES = 8
            + 4
            + 4
            + 4
            + 8
            + 8
            + 4
            + 8 * BoxMotion.SIZE
            + 4 * 8
            + 4
            + 2 * 4 * FlowFollower.POINTS
            + 4 * ColourCue.SIZE;
    private static final int SHOWN = 1;
    private static final int SEEN_AT_KEY = 2;
    private static final int HAS_COLOUR = 4;
    private static final int FLOWED = 8;
    private static final int FLOW_FAILED = 16;
    private static final int FLAGS = 31;

    long nextId;
    boolean started;
    long lastFrame;
    long rejectedDetections;
    double birthLogOdds;
    int birthSeen;
    long clockMicros;
    double stepMicros;
    float change;
    boolean sceneChanged;
    boolean hasPicture;
    int pictureSteps;
    ArrayList<SkipTrack> tracks;

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + TRACK_BYTES * tracks.size());
        out.putInt(MAGIC).putInt(VERSION);
        out.putLong(nextId).put(bit(started)).putLong(lastFrame).putLong(rejectedDetections);
        out.putDouble(birthLogOdds).putInt(birthSeen).putLong(clockMicros).putDouble(stepMicros);
        out.putFloat(change).put(bit(sceneChanged));
        out.put((byte) (hasPicture ? 1 + pictureSteps : 0)).putInt(tracks.size());
        tracks.forEach(track -> write(track, out));
        return out.array();
    }

    static SkipSnapshot fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        check(bytes.length >= 8 && in.getInt() == MAGIC, "these " + bytes.length + " bytes are none");
        int version = in.getInt();
        check(version == VERSION, "version " + version + " is unknown, this code reads version " + VERSION);
        check(bytes.length >= HEADER_BYTES, bytes.length + " bytes are shorter than its header, truncated?");
        SkipSnapshot read = new SkipSnapshot();
        read.nextId = in.getLong();
        read.started = flag(in);
        read.lastFrame = in.getLong();
        read.rejectedDetections = in.getLong();
        read.birthLogOdds = in.getDouble();
        read.birthSeen = in.getInt();
        read.clockMicros = in.getLong();
        read.stepMicros = in.getDouble();
        read.change = in.getFloat();
        read.sceneChanged = flag(in);
        int picture = in.get();
        read.hasPicture = picture > 0;
        read.pictureSteps = picture - 1;
        int size = in.getInt();
        check(size >= 0, "it claims " + size + " tracks");
        long length = HEADER_BYTES + (long) TRACK_BYTES * size;
        check(
                bytes.length == length,
                bytes.length + " bytes instead of " + length + ": truncated or with something behind its end");
        read.tracks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            read.tracks.add(readTrack(in));
        }
        return read;
    }

    private static void write(SkipTrack track, ByteBuffer out) {
        out.putLong(track.id).putInt(flags(track)).putFloat(track.score).putInt(track.classId);
        out.putLong(track.startFrame).putLong(track.detectedFrame).putInt(track.hits);
        for (double value : track.motion) {
            out.putDouble(value);
        }
        out.putDouble(track.shownX)
                .putDouble(track.shownY)
                .putDouble(track.pictureX)
                .putDouble(track.pictureY);
        out.putInt(track.points);
        // what lies behind the last point is left from other tracks
        for (int i = 0; i < FlowFollower.POINTS; i++) {
            out.putFloat(i < track.points ? track.pointX[i] : 0).putFloat(i < track.points ? track.pointY[i] : 0);
        }
        for (float value : track.colour) {
            out.putFloat(track.hasColour ? value : 0);
        }
    }

    private static SkipTrack readTrack(ByteBuffer in) {
        SkipTrack track = new SkipTrack();
        track.id = in.getLong();
        int flags = in.getInt();
        check((flags & ~FLAGS) == 0, "track " + track.id + " has the unknown flags " + flags);
        track.shown = (flags & SHOWN) != 0;
        track.seenAtKey = (flags & SEEN_AT_KEY) != 0;
        track.hasColour = (flags & HAS_COLOUR) != 0;
        track.flowed = (flags & FLOWED) != 0;
        track.flowFailed = (flags & FLOW_FAILED) != 0;
        track.score = in.getFloat();
        track.classId = in.getInt();
        track.startFrame = in.getLong();
        track.detectedFrame = in.getLong();
        track.hits = in.getInt();
        for (int i = 0; i < track.motion.length; i++) {
            track.motion[i] = in.getDouble();
        }
        track.shownX = in.getDouble();
        track.shownY = in.getDouble();
        track.pictureX = in.getDouble();
        track.pictureY = in.getDouble();
        track.points = in.getInt();
        check(
                track.points >= 0 && track.points <= FlowFollower.POINTS,
                "track " + track.id + " claims " + track.points + " points");
        for (int i = 0; i < FlowFollower.POINTS; i++) {
            track.pointX[i] = in.getFloat();
            track.pointY[i] = in.getFloat();
        }
        for (int i = 0; i < track.colour.length; i++) {
            track.colour[i] = in.getFloat();
        }
        return track;
    }

    private static int flags(SkipTrack track) {
        return (track.shown ? SHOWN : 0)
                | (track.seenAtKey ? SEEN_AT_KEY : 0)
                | (track.hasColour ? HAS_COLOUR : 0)
                | (track.flowed ? FLOWED : 0)
                | (track.flowFailed ? FLOW_FAILED : 0);
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
            throw new IllegalArgumentException("tracker snapshot: " + problem);
        }
    }
}
