package dev.framewise.vision.track;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of {@link ByteTracker}. Scores, overlaps (IoU) and distances (1 - IoU, times the score where fused) are 0 to 1.
 *
 * @param trackThreshold detections above it take part in the first association
 * @param lowThreshold detections above it, up to {@code trackThreshold}, take part in the second
 * @param matchThreshold greatest distance of a pair in the first association
 * @param secondMatchThreshold greatest distance in the second
 * @param tentativeMatchThreshold greatest distance of a pair that confirms a tentative track
 * @param newTrackThreshold detections nobody took start a track from this score on
 * @param bufferFrames how many frames of a 30 fps video a track survives without a detection
 * @param frameRate frames per second of the video; the buffer is scaled by it
 * @param duplicateIou of a tracked and a lost track that overlap by more, the younger goes
 * @param fuseScore whether the first and the tentative association weigh the overlap with the score
 * @param classAgnostic whether a track may take detections of another class than its own
 */
public record ByteTrackOptions(
        double trackThreshold,
        double lowThreshold,
        double matchThreshold,
        double secondMatchThreshold,
        double tentativeMatchThreshold,
        double newTrackThreshold,
        int bufferFrames,
        double frameRate,
        double duplicateIou,
        boolean fuseScore,
        boolean classAgnostic) {

    public ByteTrackOptions {
        List<String> problems = new ArrayList<>();
        ratio(problems, "trackThreshold", trackThreshold);
        ratio(problems, "lowThreshold", lowThreshold);
        ratio(problems, "matchThreshold", matchThreshold);
        ratio(problems, "secondMatchThreshold", secondMatchThreshold);
        ratio(problems, "tentativeMatchThreshold", tentativeMatchThreshold);
        ratio(problems, "newTrackThreshold", newTrackThreshold);
        ratio(problems, "duplicateIou", duplicateIou);
        if (lowThreshold > trackThreshold) {
            problems.add("lowThreshold " + lowThreshold + " is above trackThreshold " + trackThreshold);
        }
        if (bufferFrames < 1) {
            problems.add("bufferFrames " + bufferFrames + " is not at least 1");
        }
        if (!(frameRate > 0 && frameRate <= 1000)) {
            problems.add("frameRate " + frameRate + " is not within 0 to 1000 frames per second");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("ByteTrack options: " + String.join("; ", problems));
        }
    }

    /** What the authors use on MOT17: 0.6 and 0.9, a buffer of 30 frames at 30 fps, scores fused. */
    public static ByteTrackOptions defaults() {
        return of(/* trackThreshold= */ 0.6, /* matchThreshold= */ 0.9);
    }

    /** The defaults with these two, and new tracks from {@code trackThreshold} + 0.1 on. */
    public static ByteTrackOptions of(double trackThreshold, double matchThreshold) {
        return new ByteTrackOptions(
                trackThreshold,
                /* lowThreshold= */ Math.min(0.1, trackThreshold),
                matchThreshold,
                /* secondMatchThreshold= */ 0.5,
                /* tentativeMatchThreshold= */ 0.7,
                /* newTrackThreshold= */ Math.min(1, trackThreshold + 0.1),
                /* bufferFrames= */ 30,
                /* frameRate= */ 30,
                /* duplicateIou= */ 0.85,
                /* fuseScore= */ true,
                /* classAgnostic= */ false);
    }

    /** With another buffer, frames of a 30 fps video. */
    public ByteTrackOptions withBufferFrames(int frames) {
        return copy(frames, frameRate, fuseScore, classAgnostic);
    }

    /** For a video of this many frames per second. */
    public ByteTrackOptions withFrameRate(double framesPerSecond) {
        return copy(bufferFrames, framesPerSecond, fuseScore, classAgnostic);
    }

    /** With or without weighing overlaps with scores; the authors do not on MOT20. */
    public ByteTrackOptions withFuseScore(boolean fuse) {
        return copy(bufferFrames, frameRate, fuse, classAgnostic);
    }

    /** With or without matches across classes. */
    public ByteTrackOptions withClassAgnostic(boolean agnostic) {
        return copy(bufferFrames, frameRate, fuseScore, agnostic);
    }

    /** Frames a track survives without a detection: the buffer scaled to the frame rate, rounded down. */
    public int maxLostFrames() {
        return (int) (frameRate / 30.0 * bufferFrames);
    }

    private ByteTrackOptions copy(int buffer, double rate, boolean fuse, boolean agnostic) {
        return new ByteTrackOptions(
                trackThreshold,
                lowThreshold,
                matchThreshold,
                secondMatchThreshold,
                tentativeMatchThreshold,
                newTrackThreshold,
                buffer,
                rate,
                duplicateIou,
                fuse,
                agnostic);
    }

    private static void ratio(List<String> problems, String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            problems.add(name + " " + value + " is not within 0 to 1");
        }
    }
}
