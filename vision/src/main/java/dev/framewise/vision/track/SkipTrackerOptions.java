package dev.framewise.vision.track;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of {@link SkipTracker}: made by {@link #of} from what is present. Scores, similarities and shares are 0 to 1.
 *
 * @param pixels what the tracker uses of the pictures
 * @param noise of the motion model
 * @param highScore detections from it on take part in the first association
 * @param lowScore those from it on, below {@code highScore}, may continue tracks that the last key frame saw
 * @param birthScore least score that starts a track
 * @param birthShare share of the detections of high score that start no track, see {@link BirthScore}
 * @param buffer how far boxes are grown on each side before they are compared, in their own widths and heights
 * @param spread further growth in standard deviations of the track's centre (half of that vertically)
 * @param gate least similarity times score of a pair
 * @param shapePower how much the ratio of heights counts in the similarity: as its power; 0: not at all
 * @param lowBuffer growth in the second association
 * @param lowGate least similarity in the second association
 * @param colourWeight what full agreement in colour adds over none
 * @param maxUnseenFrames frames after which a track without detections ends
 * @param duplicateIou of two tracks that overlap by more, the younger goes
 * @param classAgnostic whether a track may take detections of another class than its own
 * @param watchesChange whether pictures are read even where nothing is followed, to tell an {@link AdaptiveCadence} of newcomers
 */
public record SkipTrackerOptions(
        Pixels pixels,
        MotionNoise noise,
        double highScore,
        double lowScore,
        double birthScore,
        double birthShare,
        double buffer,
        double spread,
        double gate,
        double shapePower,
        double lowBuffer,
        double lowGate,
        double colourWeight,
        int maxUnseenFrames,
        double duplicateIou,
        boolean classAgnostic,
        boolean watchesChange) {
    /** What is used of the pictures. */
    public enum Pixels {
        /** Nothing: motion and scores alone. */
        NONE,
        /** Colour at key frames; for detectors that look at every frame. */
        COLOUR,
        /** Colour, and pixel motion in between. */
        FLOW,
        /**
         * As FLOW, but each object is followed by a correlation filter, {@link CsrtFollower}: a hundred times dearer. What it has learned
         * is in no snapshot: after a restore, tracks go on by their velocity until the next key frame.
         */
        CSRT
    }

    /** For tracks that pixels tell apart and carry along. Chosen on the clip of {@code ./framewise eval --clip pets09-s2l1}. */
    private static final MotionNoise SEEN = new MotionNoise(
            /* startPosition= */ 0.07,
            /* startVelocity= */ 1 / 16.0,
            /* position= */ 1 / 20.0,
            /* velocity= */ 1 / 160.0,
            /* detection= */ 0.035,
            /* flow= */ 0.1,
            /* sizePersistence= */ 1);

    /** For boxes alone. Chosen by a random search over the six MOT15 sequences together, rounded; {@code SkippedFramesTest} scores them. */
    private static final MotionNoise UNSEEN = new MotionNoise(
            /* startPosition= */ 0.08,
            /* startVelocity= */ 0.08,
            /* position= */ 0.03,
            /* velocity= */ 0.01,
            /* detection= */ 0.06,
            /* flow= */ 0.1,
            /* sizePersistence= */ 0.15);

    public SkipTrackerOptions {
        List<String> problems = new ArrayList<>();
        ratio(problems, "highScore", highScore);
        ratio(problems, "lowScore", lowScore);
        ratio(problems, "birthScore", birthScore);
        ratio(problems, "birthShare", birthShare);
        ratio(problems, "gate", gate);
        ratio(problems, "lowGate", lowGate);
        ratio(problems, "duplicateIou", duplicateIou);
        upTo(problems, "buffer", buffer, /* most= */ 2);
        upTo(problems, "lowBuffer", lowBuffer, /* most= */ 2);
        upTo(problems, "spread", spread, /* most= */ 5);
        upTo(problems, "shapePower", shapePower, /* most= */ 5);
        upTo(problems, "colourWeight", colourWeight, /* most= */ 5);
        if (lowScore > highScore) {
            problems.add("lowScore " + lowScore + " is above highScore " + highScore);
        }
        if (maxUnseenFrames < 1) {
            problems.add("maxUnseenFrames " + maxUnseenFrames + " is not at least 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("tracker options: " + String.join("; ", problems));
        }
    }

    /**
     * Options by what is present, not by the scene.
     *
     * @param pixels whether skipped frames come with their pixels
     * @param interval the detector looks at about one of this many frames, at least 1: where it looks at all of them, pixel
     *     motion has nothing to add
     */
    public static SkipTrackerOptions of(boolean pixels, int interval) {
        if (pixels) {
            return seen(interval > 1 ? Pixels.FLOW : Pixels.COLOUR);
        }
        return unseen();
    }

    /** With pictures: boxes may reach far, because colour tells tracks apart. */
    private static SkipTrackerOptions seen(Pixels pixels) {
        return new SkipTrackerOptions(
                pixels,
                SEEN,
                /* highScore= */ 0.6,
                /* lowScore= */ 0.1,
                /* birthScore= */ 0.7,
                /* birthShare= */ 0.3,
                /* buffer= */ 0.15,
                /* spread= */ 1,
                /* gate= */ 0.2,
                /* shapePower= */ 0,
                /* lowBuffer= */ 0.3,
                /* lowGate= */ 0.5,
                /* colourWeight= */ 0.6,
                /* maxUnseenFrames= */ 30,
                /* duplicateIou= */ 0.85,
                /* classAgnostic= */ false,
                /* watchesChange= */ false);
    }

    /** Without: the shape of the box has to tell tracks apart. */
    private static SkipTrackerOptions unseen() {
        return new SkipTrackerOptions(
                Pixels.NONE,
                UNSEEN,
                /* highScore= */ 0.6,
                /* lowScore= */ 0.1,
                /* birthScore= */ 0.7,
                /* birthShare= */ 0.35,
                /* buffer= */ 0.25,
                /* spread= */ 0,
                /* gate= */ 0.18,
                /* shapePower= */ 1.5,
                /* lowBuffer= */ 0.3,
                /* lowGate= */ 0.5,
                /* colourWeight= */ 0,
                /* maxUnseenFrames= */ 36,
                /* duplicateIou= */ 0.85,
                /* classAgnostic= */ false,
                /* watchesChange= */ false);
    }

    /** With other use of the pixels. */
    public SkipTrackerOptions withPixels(Pixels use) {
        return copy(use, maxUnseenFrames, classAgnostic, watchesChange);
    }

    /** With or without matches across classes. */
    public SkipTrackerOptions withClassAgnostic(boolean agnostic) {
        return copy(pixels, maxUnseenFrames, agnostic, watchesChange);
    }

    /** With another end of tracks that are not seen. */
    public SkipTrackerOptions withMaxUnseenFrames(int frames) {
        return copy(pixels, frames, classAgnostic, watchesChange);
    }

    /** With or without reading all pictures for an {@link AdaptiveCadence}; without effect where no pixels are used. */
    public SkipTrackerOptions withWatchesChange(boolean watches) {
        return copy(pixels, maxUnseenFrames, classAgnostic, watches);
    }

    private SkipTrackerOptions copy(Pixels use, int unseenFrames, boolean agnostic, boolean watches) {
        return new SkipTrackerOptions(
                use,
                noise,
                highScore,
                lowScore,
                birthScore,
                birthShare,
                buffer,
                spread,
                gate,
                shapePower,
                lowBuffer,
                lowGate,
                colourWeight,
                unseenFrames,
                duplicateIou,
                agnostic,
                watches);
    }

    private static void ratio(List<String> problems, String name, double value) {
        upTo(problems, name, value, /* most= */ 1);
    }

    private static void upTo(List<String> problems, String name, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            problems.add(name + " " + value + " is not within 0 to " + most);
        }
    }
}
