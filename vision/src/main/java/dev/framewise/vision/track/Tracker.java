package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;

/**
 * Follows objects through the frames of one camera. Knows nothing of Flink, Kafka or time zones, and of pixels only what it
 * asks a {@link PixelSource} for.
 *
 * <p>Call exactly one of {@link #update} and {@link #coast} per frame, in capture order. Frame numbers grow and may jump:
 * a jump of k means that k - 1 frames were not seen by anybody, and motion is predicted over all of them. Deterministic: the
 * same calls give the same tracks, bit for bit. Not thread-safe; one instance per camera.
 *
 * <p><b>Snapshots and pixels.</b> A snapshot holds no picture. A tracker of which {@link #wantsPreviousPixels} is true has
 * looked at the pixels of the last frame and will compare the next frame with them: whoever restores it calls
 * {@link #prime} with the pixels of that last frame before the next one, and gets what an undisturbed tracker gives.
 */
public interface Tracker {
    /**
     * A frame the detector looked at.
     *
     * @param frame its number is greater than that of the call before
     * @param detections boxes Xyxy in pixels; not kept
     * @param out cleared and filled with the tracks to show, ordered by id
     * @throws IllegalArgumentException if the frame is not after the one before
     */
    void update(TrackedFrame frame, Detections detections, TrackList out);

    /**
     * A frame the detector skipped: every track moves by the pixels, where there are any and the tracker uses them, and
     * else by its motion model alone. Parameters as in {@link #update}.
     */
    void coast(TrackedFrame frame, TrackList out);

    /** As {@link #update(TrackedFrame, Detections, TrackList)}, of a frame without capture time and pixels. */
    default void update(long frame, Detections detections, TrackList out) {
        update(TrackedFrame.of(frame), detections, out);
    }

    /** As {@link #coast(TrackedFrame, TrackList)}, of a frame without capture time and pixels. */
    default void coast(long frame, TrackList out) {
        coast(TrackedFrame.of(frame), out);
    }

    /** Ends every track: appends the ids not yet reported as ended to {@code out.ended} and forgets all but the id counter. */
    void close(TrackList out);

    /** Detections ignored since the start because they were none: not finite, without size, or of a score outside 0 to 1. */
    long rejectedDetections();

    /** What it knows about how well it follows, after its last frame; the same object at every call. */
    TrackSignals signals();

    /**
     * Whether the next frame will be compared with the pixels of the last one, so that a checkpoint must keep that frame's
     * bytes for {@link #prime}.
     */
    default boolean wantsPreviousPixels() {
        return false;
    }

    /**
     * Gives a restored tracker the pixels of the last frame back. Only after {@link #restore}, and only where
     * {@link #wantsPreviousPixels}; elsewhere without effect.
     *
     * @param pixels the same that the tracker was given for that frame, bit for bit
     */
    default void prime(PixelSource pixels) {}

    /**
     * Gives native memory back, where it holds any. It may be used on, with the tracks it has, but without the picture before: until the next
     * key frame they go on by their motion.
     */
    default void release() {}

    /**
     * The whole state but pictures, versioned, so that {@link #restore} on a tracker built with the same options continues
     * bit for bit.
     */
    byte[] snapshot();

    /**
     * Replaces the state with that of a snapshot.
     *
     * @throws IllegalArgumentException if the bytes are of an unknown version, truncated or have trailing bytes
     */
    void restore(byte[] snapshot);
}
