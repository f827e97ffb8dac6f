package dev.framewise.vision.track;

import java.util.ArrayList;

/** How far a track's object moved from one picture to the next. One thread. */
interface PixelFollower {
    /** A picture comes, with or without detections; before {@link #follow} of any track. */
    default void turnTo(HalfPicture picture) {}

    /** After a key frame: tracks that it saw are followed from where it saw them. */
    void anchor(ArrayList<SkipTrack> tracks);

    /** There is no picture that the next one could be compared with. */
    default void forget() {}

    /** A track has ended: what is held for it is given back. */
    default void end(SkipTrack track) {}

    /** Native objects that it holds. */
    default int held() {
        return 0;
    }

    /** Gives back all native memory; it may be used again, as after {@link #forget}. */
    default void release() {}

    /**
     * Follows one track from where it is shown in the picture before.
     *
     * @param steps frames from one picture to the other, at least 1
     * @return whether it was found; how far it moved is {@link #flowX}, {@link #flowY}, pixels of the half-size picture
     */
    boolean follow(SkipTrack track, FlowPyramid from, FlowPyramid to, int steps);

    /** How far the track found last moved to the right. */
    double flowX();

    /** The same downwards. */
    double flowY();
}
