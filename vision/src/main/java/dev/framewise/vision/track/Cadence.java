package dev.framewise.vision.track;

/**
 * Chooses the frames of one camera that the detector looks at. Call {@link #next} once for every frame that has a picture,
 * before the tracker gets it: the choice rests on what the tracker has seen up to the frame before, so that a chosen frame is decoded only once, by the
 * detector. Deterministic in frame numbers, capture times and the tracker's signals. Not thread-safe.
 */
public interface Cadence {
    /**
     * Whether the detector should look at the next frame, and why.
     *
     * @param frame its number and capture time; its pixels are not read
     * @param signals what the tracker has found out up to the frame before: {@link Tracker#signals}
     */
    LookReason next(TrackedFrame frame, TrackSignals signals);

    /**
     * Whether the choice rests on the tracker at all. If not, it may be made while earlier frames are still on their way to the
     * tracker, so that a camera with a backlog can fill a batch. The same at every call.
     */
    default boolean needsSignals() {
        return true;
    }

    /**
     * A directive's budget: from the next frame on, the detector may look at one of this many frames, whatever else is allowed. Called
     * before {@link #next} wherever directives are obeyed, so it is no part of the state. A cadence of fixed choice has no budget, and stays
     * with its own.
     *
     * @param interval at least 1; 1 for no limit
     */
    default void limit(int interval) {}

    /** Starts over, as for a camera never seen; what was spent of a budget stays spent. */
    void reset();

    /** The whole state, versioned. */
    byte[] snapshot();

    /**
     * Replaces the state with that of a snapshot.
     *
     * @throws IllegalArgumentException if the bytes are of an unknown version, truncated or have trailing bytes
     */
    void restore(byte[] snapshot);
}
