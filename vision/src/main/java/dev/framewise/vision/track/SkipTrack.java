package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList.Provenance;
import dev.framewise.vision.track.TrackList.State;

/** One identity inside a {@link SkipTracker}. Pooled: {@link #start} resets everything. */
final class SkipTrack {
    long id;
    /** Whether its start was reported, so that its end must be. */
    boolean shown;

    float score;
    int classId;
    long startFrame;
    long detectedFrame;
    /** How many detections it took. */
    int hits;
    /** Whether the last key frame saw it; only then it is shown. */
    boolean seenAtKey;

    final double[] motion = new double[BoxMotion.SIZE];

    /**
     * Where it is shown, pixels: the centre after the last detection, carried on by pixels, or by the velocity where they fail.
     * The filter's own centre is the better guess of where the next detection will be, this one of where the object is.
     */
    double shownX;

    double shownY;

    /** Where it was shown in the last picture, and its points there, in pixels of the half-size picture. */
    double pictureX;

    double pictureY;
    final float[] pointX = new float[FlowFollower.POINTS];
    final float[] pointY = new float[FlowFollower.POINTS];
    int points;

    boolean hasColour;
    final float[] colour = new float[ColourCue.SIZE];

    /** Index of the detection it took in the current frame, or -1. Only meaningful within one update. */
    int detection = -1;
    /** Whether it is to be removed for another track on the same spot. Only meaningful within one update. */
    boolean duplicate;
    /** Whether pixels moved it in the last frame, and whether they should have and did not. */
    boolean flowed;

    boolean flowFailed;

    /** Starts a new identity on a detection. */
    void start(long newId, Detections detections, int i, long frame, BoxMotion model) {
        id = newId;
        shown = false;
        startFrame = frame;
        hits = 0;
        points = 0;
        hasColour = false;
        duplicate = false;
        flowed = false;
        flowFailed = false;
        model.start(motion, detections.x1(i), detections.y1(i), detections.x2(i), detections.y2(i));
        remember(detections, i, frame);
    }

    /** Continues with a detection. */
    void take(Detections detections, int i, long frame, BoxMotion model) {
        model.correct(motion, detections.x1(i), detections.y1(i), detections.x2(i), detections.y2(i));
        remember(detections, i, frame);
    }

    private void remember(Detections detections, int i, long frame) {
        score = detections.score(i);
        classId = detections.classId(i);
        detectedFrame = frame;
        detection = i;
        seenAtKey = true;
        hits++;
        showAtCentre();
    }

    /** One step on, without pixels. */
    void predict(BoxMotion model) {
        model.predict(motion);
        shownX += motion[BoxMotion.VELOCITY];
        shownY += motion[BoxMotion.VELOCITY + 1];
    }

    private void showAtCentre() {
        shownX = motion[0];
        shownY = motion[1];
    }

    double left() {
        return shownX - motion[BoxMotion.WIDTH] / 2;
    }

    double top() {
        return shownY - motion[BoxMotion.HEIGHT] / 2;
    }

    double right() {
        return shownX + motion[BoxMotion.WIDTH] / 2;
    }

    double bottom() {
        return shownY + motion[BoxMotion.HEIGHT] / 2;
    }

    /** IoU of where both are shown. */
    double overlap(SkipTrack other) {
        return Iou.ofXyxy(left(), top(), right(), bottom(), other.left(), other.top(), other.right(), other.bottom());
    }

    /** Whether it was followed for longer than another; of two as old, the one that started first. */
    boolean isOlderThan(SkipTrack other) {
        long span = detectedFrame - startFrame;
        long otherSpan = other.detectedFrame - other.startFrame;
        return span != otherSpan ? span > otherSpan : id < other.id;
    }

    /** Appends itself to what is shown. */
    void showIn(TrackList out, long frame) {
        Provenance provenance;
        if (detectedFrame == frame) {
            provenance = Provenance.DETECTED;
        } else {
            provenance = flowed ? Provenance.FLOW : Provenance.PREDICTED;
        }
        float x1 = (float) left();
        float y1 = (float) top();
        out.add(
                id,
                x1,
                y1,
                // far away from the origin a small box would lose its size in float
                Math.max((float) right(), Math.nextUp(x1)),
                Math.max((float) bottom(), Math.nextUp(y1)),
                score,
                classId,
                State.CONFIRMED,
                provenance,
                (int) Math.min(Integer.MAX_VALUE, frame - startFrame),
                (int) (frame - detectedFrame),
                (float) BoxMotion.centreDeviation(motion));
    }
}
