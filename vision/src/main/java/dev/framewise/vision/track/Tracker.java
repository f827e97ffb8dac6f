package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;

/**
 * Follows objects through the frames of one camera. Knows nothing of Flink, Kafka, time zones or pixels.
 *
 * <p>Call exactly one of {@link #update} and {@link #coast} per frame, in capture order. Frame numbers grow and may jump:
 * a jump of k means that k - 1 frames were not seen by anybody, and motion is predicted over all of them. Deterministic: the
 * same calls give the same tracks, bit for bit. Not thread-safe; one instance per camera.
 */
public interface Tracker {
    /**
     * A frame the detector looked at.
     *
     * @param frame number of the frame, greater than that of the call before
     * @param detections boxes Xyxy in pixels; not kept
     * @param out cleared and filled with the tracks to show, ordered by id
     */
    void update(long frame, Detections detections, TrackList out);

    /** A frame the detector skipped: every track moves by its motion model alone. Parameters as in {@link #update}. */
    void coast(long frame, TrackList out);

    /** Ends every track: appends the ids not yet reported as ended to {@code out.ended} and forgets all but the id counter. */
    void close(TrackList out);

    /**
     * The whole state, versioned, so that {@link #restore} on a tracker built with the same options continues bit for bit.
     */
    byte[] snapshot();

    /**
     * Replaces the state with that of a snapshot.
     *
     * @throws IllegalArgumentException if the bytes are of an unknown version, truncated or have trailing bytes
     */
    void restore(byte[] snapshot);
}
