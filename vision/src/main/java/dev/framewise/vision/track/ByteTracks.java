package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList.State;
import java.util.ArrayList;

/**
 * Who lives in a {@link ByteTracker}, tracked or lost: starts tracks, and ends those that nobody has seen for long and one of two on one
 * spot. An ended track's object serves the next one, so nothing is allocated once as many have lived at once. One thread.
 */
final class ByteTracks {
    private final ByteTrackOptions options;
    private final DuplicateTracks duplicates = new DuplicateTracks();
    private final ArrayList<Track> pool = new ArrayList<>();
    private ArrayList<Track> tracked = new ArrayList<>();
    private ArrayList<Track> lost = new ArrayList<>();
    private ArrayList<Track> stillTracked = new ArrayList<>();
    private ArrayList<Track> stillLost = new ArrayList<>();
    private long nextId = 1;

    ByteTracks(ByteTrackOptions options) {
        this.options = options;
    }

    /** Tentative and confirmed tracks; another list after {@link #settle}. */
    ArrayList<Track> tracked() {
        return tracked;
    }

    /** Lost tracks; another list after {@link #settle}. */
    ArrayList<Track> lost() {
        return lost;
    }

    /** Of the next track that starts. */
    long nextId() {
        return nextId;
    }

    /** Takes over what a snapshot told of. */
    void restore(long newNextId, ArrayList<Track> newTracked, ArrayList<Track> newLost) {
        nextId = newNextId;
        tracked = newTracked;
        lost = newLost;
    }

    /** Starts a track on a detection. */
    void start(Detections detections, int i, long frame, State state) {
        Track track = pool.isEmpty() ? new Track() : pool.remove(pool.size() - 1);
        track.start(nextId++, detections, i, frame, state);
        tracked.add(track);
    }

    /** What the matches mean for the life of each track. */
    void settle(TrackList out) {
        stillTracked.clear();
        stillLost.clear();
        for (int i = 0; i < lost.size(); i++) {
            if (lost.get(i).detection < 0) {
                stillLost.add(lost.get(i));
            }
        }
        for (int i = 0; i < tracked.size(); i++) {
            Track track = tracked.get(i);
            if (track.detection >= 0) {
                track.state = State.CONFIRMED;
                stillTracked.add(track);
            } else if (track.state == State.CONFIRMED) {
                track.state = State.LOST;
                stillLost.add(track);
            } else {
                end(track, out);
            }
        }
        for (int i = 0; i < lost.size(); i++) {
            if (lost.get(i).detection >= 0) {
                lost.get(i).state = State.CONFIRMED;
                stillTracked.add(lost.get(i));
            }
        }
        swapIn();
    }

    private void swapIn() {
        ArrayList<Track> spare = tracked;
        tracked = stillTracked;
        stillTracked = spare;
        spare = lost;
        lost = stillLost;
        stillLost = spare;
    }

    /** Ends those that were detected last more than {@link ByteTrackOptions#maxLostFrames()} before a frame. */
    void expire(long frame, TrackList out) {
        expire(tracked, frame, out);
        expire(lost, frame, out);
    }

    private void expire(ArrayList<Track> tracks, long frame, TrackList out) {
        int kept = 0;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (frame - track.detectedFrame > options.maxLostFrames()) {
                end(track, out);
            } else {
                tracks.set(kept++, track);
            }
        }
        truncate(tracks, kept);
    }

    /** Of two that overlap by more than {@link ByteTrackOptions#duplicateIou()} one ends: {@link DuplicateTracks} says which. */
    void removeDuplicates(TrackList out) {
        duplicates.mark(tracked, lost, options.duplicateIou());
        dropDuplicates(tracked, out);
        dropDuplicates(lost, out);
    }

    private void dropDuplicates(ArrayList<Track> tracks, TrackList out) {
        int kept = 0;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (track.duplicate) {
                end(track, out);
            } else {
                tracks.set(kept++, track);
            }
        }
        truncate(tracks, kept);
    }

    /** Ends all. */
    void endAll(TrackList out) {
        endAll(tracked, out);
        endAll(lost, out);
    }

    private void endAll(ArrayList<Track> tracks, TrackList out) {
        for (int i = 0; i < tracks.size(); i++) {
            end(tracks.get(i), out);
        }
        tracks.clear();
    }

    private void end(Track track, TrackList out) {
        if (track.shown) {
            out.addEnded(track.id);
        }
        pool.add(track);
    }

    private static void truncate(ArrayList<Track> tracks, int size) {
        for (int i = tracks.size() - 1; i >= size; i--) {
            tracks.remove(i);
        }
    }

    /** The confirmed ones, ordered by id. */
    void collectConfirmed(ArrayList<Track> into) {
        into.clear();
        for (int i = 0; i < tracked.size(); i++) {
            if (tracked.get(i).state == State.CONFIRMED) {
                insertById(tracked.get(i), into);
            }
        }
    }

    private static void insertById(Track track, ArrayList<Track> into) {
        int at = into.size();
        into.add(track);
        for (; at > 0 && into.get(at - 1).id > track.id; at--) {
            into.set(at, into.get(at - 1));
        }
        into.set(at, track);
    }
}
