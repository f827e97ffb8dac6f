package dev.framewise.operators.tracking;

import dev.framewise.vision.track.Tracker;
import java.io.Serializable;

/** Makes a fresh tracker for a camera, always with the same options. */
public interface TrackerFactory extends Serializable {
    Tracker create();

    /** How many skipped frames of a camera may wait for the next key frame, to be filled in between the two; 0 for none. */
    default int delayFrames() {
        return 0;
    }
}
