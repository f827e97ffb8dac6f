package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import java.util.ArrayList;
import java.util.Arrays;

/** The colours of the detections of one key frame, and what tracks learn from them. One thread; allocates nothing once grown. */
final class ColourBook {
    /** What is known of a pair of which one has no colour. */
    private static final double UNKNOWN = 0.5;

    /** Of the new in a track's colour. */
    private static final float LEARNING_SHARE = 0.1f;

    /** A detection that another one covers by more than this shows colours that are not its own. */
    private static final double MAX_OVERLAP = 0.2;

    private float[] colours = new float[0];
    private boolean[] known = new boolean[0];

    /** Forgets the frame before: no detection has a colour. */
    void begin(int detections) {
        if (known.length < detections) {
            known = new boolean[2 * detections];
            colours = new float[2 * detections * ColourCue.SIZE];
        }
        Arrays.fill(known, 0, detections, false);
    }

    /** Measures the colour of some detections. */
    void measure(HalfPicture picture, Detections detections, int[] chosen, int chosenSize) {
        for (int k = 0; k < chosenSize; k++) {
            int i = chosen[k];
            known[i] = ColourCue.measure(
                    picture,
                    detections.x1(i),
                    detections.y1(i),
                    detections.x2(i),
                    detections.y2(i),
                    colours,
                    i * ColourCue.SIZE);
        }
    }

    /** Of a track and a detection, 0 to 1. */
    double similarity(SkipTrack track, int i) {
        return track.hasColour && known[i]
                ? ColourCue.similarity(track.colour, /* atA= */ 0, colours, i * ColourCue.SIZE)
                : UNKNOWN;
    }

    /** Lets every track that took a detection learn its colour. */
    void teach(ArrayList<SkipTrack> tracks, Detections detections, int[] high, int highSize) {
        for (int k = 0; k < tracks.size(); k++) {
            SkipTrack track = tracks.get(k);
            int i = track.detection;
            if (i < 0 || !known[i]) {
                continue;
            }
            if (!track.hasColour) {
                System.arraycopy(colours, i * ColourCue.SIZE, track.colour, 0, ColourCue.SIZE);
                track.hasColour = true;
            } else if (!isCovered(detections, i, high, highSize)) {
                ColourCue.blend(track.colour, colours, i * ColourCue.SIZE, LEARNING_SHARE);
            }
        }
    }

    private static boolean isCovered(Detections detections, int i, int[] high, int highSize) {
        for (int k = 0; k < highSize; k++) {
            int j = high[k];
            if (j != i
                    && Iou.ofXyxy(
                                    detections.x1(i),
                                    detections.y1(i),
                                    detections.x2(i),
                                    detections.y2(i),
                                    detections.x1(j),
                                    detections.y1(j),
                                    detections.x2(j),
                                    detections.y2(j))
                            > MAX_OVERLAP) {
                return true;
            }
        }
        return false;
    }
}
