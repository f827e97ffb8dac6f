package dev.framewise.operators.tracking;

import dev.framewise.vision.track.Tracker;
import java.io.Serializable;

/** Makes a fresh tracker for a camera, always with the same options. */
public interface TrackerFactory extends Serializable {
    Tracker create();
}
