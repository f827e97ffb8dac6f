package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import java.util.ArrayList;

/**
 * Who lives in a {@link SkipTracker}: starts tracks, and ends those that nobody has seen for long and the younger of two on one spot. An
 * ended track's object serves the next one, so nothing is allocated once as many have lived at once. One thread.
 */
final class LivingTracks {
    private final SkipTrackerOptions options;
    private final BoxMotion model;
    private final PixelMotion pixels;
    private final ArrayList<SkipTrack> tracks = new ArrayList<>();
    private final ArrayList<SkipTrack> pool = new ArrayList<>();
    private long nextId = 1;

    /** @param pixels is told who has ended */
    LivingTracks(SkipTrackerOptions options, BoxMotion model, PixelMotion pixels) {
        this.options = options;
        this.model = model;
        this.pixels = pixels;
    }

    /** All of them, ordered by id; always the same list. */
    ArrayList<SkipTrack> all() {
        return tracks;
    }

    /** Of the next track that starts. */
    long nextId() {
        return nextId;
    }

    /** Takes over what a snapshot told of. */
    void restore(ArrayList<SkipTrack> others, long newNextId) {
        tracks.clear();
        tracks.addAll(others);
        nextId = newNextId;
    }

    /** Starts a track on a detection. */
    void start(Detections detections, int i, long frame) {
        SkipTrack track = pool.isEmpty() ? new SkipTrack() : pool.remove(pool.size() - 1);
        track.start(nextId++, detections, i, frame, model);
        tracks.add(track);
    }

    /** Of two that overlap by more than {@link SkipTrackerOptions#duplicateIou()} the younger ends. */
    void removeDuplicates(TrackList out) {
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack track = tracks.get(i);
            for (int k = 0; k < i; k++) {
                SkipTrack other = tracks.get(k);
                if (track.overlap(other) > options.duplicateIou()) {
                    (track.isOlderThan(other) ? other : track).duplicate = true;
                }
            }
        }
        int kept = 0;
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack track = tracks.get(i);
            if (track.duplicate) {
                end(track, out);
            } else {
                tracks.set(kept++, track);
            }
        }
        truncate(kept);
    }

    /** Ends those that were detected last more than {@link SkipTrackerOptions#maxUnseenFrames()} before a frame. */
    void expire(long frame, TrackList out) {
        int kept = 0;
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack track = tracks.get(i);
            if (frame - track.detectedFrame > options.maxUnseenFrames()) {
                end(track, out);
            } else {
                tracks.set(kept++, track);
            }
        }
        truncate(kept);
    }

    /** Ends all. */
    void endAll(TrackList out) {
        for (int i = 0; i < tracks.size(); i++) {
            end(tracks.get(i), out);
        }
        tracks.clear();
    }

    private void end(SkipTrack track, TrackList out) {
        if (track.shown) {
            out.addEnded(track.id);
        }
        pixels.end(track);
        pool.add(track);
    }

    private void truncate(int size) {
        for (int i = tracks.size() - 1; i >= size; i--) {
            tracks.remove(i);
        }
    }
}
