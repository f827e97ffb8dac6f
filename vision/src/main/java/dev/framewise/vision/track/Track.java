package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList.Provenance;
import dev.framewise.vision.track.TrackList.State;

/** One identity inside a tracker. Pooled: {@link #start} resets everything. */
final class Track {
    long id;
    State state = State.TENTATIVE;
    /** Whether its start was reported, so that its end must be. */
    boolean shown;

    float score;
    int classId;
    long startFrame;
    long detectedFrame;

    final double[] motion = new double[KalmanBoxFilter.SIZE];

    /** Index of the detection it took in the current frame, or -1. Only meaningful within one update. */
    int detection = -1;
    /** Whether it is to be removed for another track on the same spot. Only meaningful within one update. */
    boolean duplicate;

    /** Starts a new identity on a detection. */
    void start(long newId, Detections detections, int i, long frame, State newState) {
        id = newId;
        state = newState;
        shown = false;
        duplicate = false;
        startFrame = frame;
        KalmanBoxFilter.start(motion, detections.x1(i), detections.y1(i), detections.x2(i), detections.y2(i));
        remember(detections, i, frame);
    }

    /** Continues with a detection. */
    void take(Detections detections, int i, long frame) {
        KalmanBoxFilter.correct(motion, detections.x1(i), detections.y1(i), detections.x2(i), detections.y2(i));
        remember(detections, i, frame);
    }

    /** Frames from the first detection to the last. */
    long detectedSpan() {
        return detectedFrame - startFrame;
    }

    /** Appends itself to what is shown; {@code scratch} has room for a box. */
    void showIn(TrackList out, long frame, Provenance provenance, double[] scratch) {
        KalmanBoxFilter.boxXyxy(motion, scratch, /* at= */ 0);
        float x1 = (float) scratch[0];
        float y1 = (float) scratch[1];
        out.add(
                id,
                x1,
                y1,
                // far away from the origin a small box would lose its size in float
                Math.max((float) scratch[2], Math.nextUp(x1)),
                Math.max((float) scratch[3], Math.nextUp(y1)),
                score,
                classId,
                state,
                provenance,
                (int) Math.min(Integer.MAX_VALUE, frame - startFrame),
                (int) (frame - detectedFrame),
                (float) KalmanBoxFilter.centreDeviation(motion));
    }

    private void remember(Detections detections, int i, long frame) {
        score = detections.score(i);
        classId = detections.classId(i);
        detectedFrame = frame;
        detection = i;
    }
}
