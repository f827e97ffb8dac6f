package dev.framewise.operators.tracking;

import dev.framewise.vision.track.Cadence;
import java.io.Serializable;

/** Makes a fresh cadence for a camera, always with the same options. */
public interface CadenceFactory extends Serializable {
    Cadence create();
}
