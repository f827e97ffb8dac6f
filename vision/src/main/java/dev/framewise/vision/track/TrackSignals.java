package dev.framewise.vision.track;

import java.util.ArrayList;

/**
 * What a tracker knows about how well it still follows, after its last frame; input of a {@link Cadence}. Written by the tracker,
 * read by anybody on its thread.
 */
public final class TrackSignals {
    int tracks;
    float uncertainty;
    float flowFailures;
    float motion;
    float change;
    boolean sceneChanged;

    /** Tracks shown. */
    public int tracks() {
        return tracks;
    }

    /** Standard deviation of a track's centre, in heights of its box, mean over the tracks shown; 0 without tracks. */
    public float uncertainty() {
        return uncertainty;
    }

    /** Share of the tracks shown that pixel motion could not follow from the frame before, 0 to 1; 0 without pixels. */
    public float flowFailures() {
        return flowFailures;
    }

    /** Motion of a track per frame, in heights of its box, mean over the tracks shown. */
    public float motion() {
        return motion;
    }

    /** How much changed where no track is: 0 nothing, 1 surely something; 0 without pixels. */
    public float change() {
        return change;
    }

    /** Whether most of the picture is another one than in the frame before; false without pixels. */
    public boolean sceneChanged() {
        return sceneChanged;
    }

    /** Signals of tracks that know motion alone. */
    void set(ArrayList<Track> shown) {
        clear();
        tracks = shown.size();
        for (int i = 0; i < tracks; i++) {
            double[] state = shown.get(i).motion;
            double share = 1 / (KalmanBoxFilter.height(state) * tracks);
            uncertainty += (float) (KalmanBoxFilter.centreDeviation(state) * share);
            motion += (float) (KalmanBoxFilter.speed(state) * share);
        }
    }

    /** Signals of tracks that may flow; those the last key frame saw count. */
    void setFollowed(ArrayList<SkipTrack> all) {
        tracks = 0;
        uncertainty = 0;
        motion = 0;
        flowFailures = 0;
        for (int i = 0; i < all.size(); i++) {
            SkipTrack track = all.get(i);
            if (track.seenAtKey) {
                double[] state = track.motion;
                double height = state[BoxMotion.HEIGHT];
                tracks++;
                uncertainty += (float) (BoxMotion.centreDeviation(state) / height);
                motion += (float) (Math.hypot(state[BoxMotion.VELOCITY], state[BoxMotion.VELOCITY + 1]) / height);
                flowFailures += track.flowFailed ? 1 : 0;
            }
        }
        if (tracks > 0) {
            uncertainty /= tracks;
            motion /= tracks;
            flowFailures /= tracks;
        }
    }

    void clear() {
        tracks = 0;
        uncertainty = 0;
        flowFailures = 0;
        motion = 0;
        change = 0;
        sceneChanged = false;
    }
}
