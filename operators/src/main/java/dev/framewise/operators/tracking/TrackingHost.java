package dev.framewise.operators.tracking;

import dev.framewise.operators.frame.Lane;
import dev.framewise.schemas.DeadLetter;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.TrackRow;
import dev.framewise.vision.track.BoxProblem;

/** What tracking needs of the operator around it: the state of one camera at a time, a clock of event time, and the ways out. */
public interface TrackingHost {
    /**
     * Turns to a lane of a camera: state, timers and everything sent until the next call are its.
     *
     * @param timestampMillis event time of what is sent
     */
    void turnTo(String camera, Lane lane, long timestampMillis);

    /** The lane that {@link #turnTo} was called with last. */
    Lane lane();

    /** The event time that {@link #turnTo} was called with last. */
    long timestampMillis();

    /** State of the lane in turn; null for one never kept. The host's own: changed in place, then {@link #keep kept}. */
    CameraTracks camera();

    /** Keeps the state of the lane in turn. */
    void keep(CameraTracks camera);

    /** Latest event time that has arrived, milliseconds. */
    long watermarkMillis();

    /** Asks to be woken for the camera in turn when event time reaches a moment. */
    void wakeAt(long eventTimeMillis);

    void row(TrackRow row);

    void fate(FateEvent fate);

    void sample(InferenceSample sample);

    /** A model gave a box that is none; its frame goes on without it. */
    void refused(BoxProblem problem);

    void deadLetter(DeadLetter letter);
}
