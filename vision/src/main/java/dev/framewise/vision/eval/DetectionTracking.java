package dev.framewise.vision.eval;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a tracker over the detections of a whole sequence as if the detector had looked at every N-th frame only. */
public final class DetectionTracking {
    private DetectionTracking() {}

    /**
     * Tracks a sequence and gives what the tracker shows in every frame.
     *
     * <p>Frame f is a key frame if f - 1 - {@code phase} is a non-negative multiple of {@code interval}; the detections of
     * all other frames are ignored, and before the first key frame nothing is shown.
     *
     * @param detections by frame, from 1; a frame without an entry has no detections
     * @param frames number of frames of the sequence
     * @param interval every how many frames the detector looks, at least 1
     * @param phase frames before the first key frame, 0 to {@code interval} - 1
     * @param tracker fresh, or closed before
     */
    public static List<MotRow> run(
            Map<Integer, Detections> detections, int frames, int interval, int phase, Tracker tracker) {
        if (interval < 1 || phase < 0 || phase >= interval) {
            throw new IllegalArgumentException(
                    "phase " + phase + " is not within 0 to interval - 1, interval " + interval);
        }
        Detections none = new Detections(/* capacity= */ 0);
        TrackList shown = new TrackList();
        List<MotRow> rows = new ArrayList<>();
        for (int frame = 1 + phase; frame <= frames; frame++) {
            if ((frame - 1 - phase) % interval == 0) {
                tracker.update(frame, detections.getOrDefault(frame, none), shown);
            } else {
                tracker.coast(frame, shown);
            }
            rows.addAll(MotFormat.rows(frame, shown));
        }
        return rows;
    }
}
