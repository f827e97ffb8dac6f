package dev.framewise.vision.track;

import java.util.ArrayList;

/**
 * Carries tracks from picture to picture: keeps the picture before, asks {@link CameraMotion} how all of it moved and
 * {@link FlowFollower}, or {@link CsrtFollower}, how each track did. One thread; allocates nothing while the size of the pictures stays.
 */
final class PixelMotion {
    /** Pictures farther apart, frames, have too little in common. */
    static final int MAX_STEPS = 4;

    /** A track of which a nearer one hides more than this share shows the other one's pixels. */
    private static final double MAX_COVERED = 0.3;

    private final CameraMotion camera;
    private final PixelFollower follower;
    private FlowPyramid before = new FlowPyramid();
    private FlowPyramid now = new FlowPyramid();
    private final ChangeSignal changeSignal = new ChangeSignal();
    private int steps;
    private double change;
    private boolean sceneChanged;
    private boolean compared;

    /** @param csrt whether tracks are followed by CSRT and not by flow */
    PixelMotion(boolean csrt) {
        PointFlow flow = new PointFlow();
        camera = new CameraMotion(flow);
        follower = csrt ? new CsrtFollower() : new FlowFollower(flow, camera);
    }

    /** Forgets the picture before. */
    void forget() {
        unwatch();
        before.clear();
        follower.forget();
        steps = 0;
    }

    /** A track has ended. */
    void end(SkipTrack track) {
        follower.end(track);
    }

    /** Native objects that are held for tracks. */
    int held() {
        return follower.held();
    }

    /** Gives native memory back, and forgets the picture before. */
    void release() {
        forget();
        follower.release();
    }

    /** Whether the next picture will be compared with an earlier one. */
    boolean hasPicture() {
        return !before.isEmpty();
    }

    /** Frames since the picture before; 0 without one. */
    int steps() {
        return steps;
    }

    /** Takes up a picture that a tracker had before it was restored. */
    void prime(HalfPicture picture, int newSteps) {
        before.set(picture);
        steps = newSteps;
    }

    /** Finds out what changed in this frame, once it is known what is tracked in it. */
    void watch(ArrayList<SkipTrack> tracks) {
        // when the camera moves, everything does
        if (compared && !camera.isMoving()) {
            // the two were swapped
            changeSignal.measure(/* before= */ now, /* now= */ before, tracks);
            change = changeSignal.change();
            sceneChanged = changeSignal.sceneChanged();
        }
    }

    private void unwatch() {
        compared = false;
        change = 0;
        sceneChanged = false;
    }

    /** What changed in the last frame where no track is, as {@link ChangeSignal#change}; 0 where nobody looked. */
    double change() {
        return change;
    }

    /** Whether the last frame showed another scene. */
    boolean sceneChanged() {
        return sceneChanged;
    }

    /** A frame without a picture. */
    void pass() {
        unwatch();
        if (hasPicture() && ++steps > MAX_STEPS) {
            forget();
        }
    }

    /**
     * A frame with a picture: moves every track that the last key frame saw, after it was predicted over this frame.
     */
    void move(HalfPicture picture, ArrayList<SkipTrack> tracks, BoxMotion model) {
        now.set(picture);
        follower.turnTo(picture);
        steps++;
        unwatch();
        if (hasPicture() && now.matches(before)) {
            for (int i = 0; i < tracks.size(); i++) {
                swapPictures(tracks.get(i));
            }
            camera.estimate(before, now, tracks);
            for (int i = 0; i < tracks.size(); i++) {
                move(tracks.get(i), tracks, model);
            }
            for (int i = 0; i < tracks.size(); i++) {
                swapPictures(tracks.get(i));
            }
            compared = true;
        }
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack track = tracks.get(i);
            track.pictureX = track.shownX;
            track.pictureY = track.shownY;
        }
        FlowPyramid spare = before;
        before = now;
        now = spare;
        steps = 0;
    }

    /** After a key frame: tracks it saw are followed from where it saw them. */
    void anchor(ArrayList<SkipTrack> tracks) {
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack track = tracks.get(i);
            track.pictureX = track.shownX;
            track.pictureY = track.shownY;
        }
        follower.anchor(tracks);
    }

    /** Swaps where the track is to be shown now with where it was shown in the picture before. */
    private static void swapPictures(SkipTrack track) {
        double x = track.shownX;
        double y = track.shownY;
        track.shownX = track.pictureX;
        track.shownY = track.pictureY;
        track.pictureX = x;
        track.pictureY = y;
    }

    private void move(SkipTrack track, ArrayList<SkipTrack> tracks, BoxMotion model) {
        double cameraX = 2 * camera.moveX(track.shownX / 2, track.shownY / 2);
        double cameraY = 2 * camera.moveY(track.shownX / 2, track.shownY / 2);
        track.motion[0] += cameraX;
        track.motion[1] += cameraY;
        track.motion[BoxMotion.WIDTH] *= camera.zoom();
        track.motion[BoxMotion.HEIGHT] *= camera.zoom();
        boolean followed = track.seenAtKey;
        track.flowed = followed && !isCovered(track, tracks) && follower.follow(track, before, now, steps);
        track.flowFailed = followed && !track.flowed;
        if (track.flowed) {
            double dx = 2 * follower.flowX();
            double dy = 2 * follower.flowY();
            model.correctVelocity(track.motion, (dx - cameraX) / steps, (dy - cameraY) / steps);
            track.pictureX = track.shownX + dx;
            track.pictureY = track.shownY + dy;
        } else {
            track.pictureX += cameraX;
            track.pictureY += cameraY;
        }
    }

    private static boolean isCovered(SkipTrack track, ArrayList<SkipTrack> tracks) {
        double area = (track.right() - track.left()) * (track.bottom() - track.top());
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack other = tracks.get(i);
            if (other == track || !other.seenAtKey || other.bottom() <= track.bottom()) {
                continue;
            }
            double width = Math.min(track.right(), other.right()) - Math.max(track.left(), other.left());
            double height = track.bottom() - Math.max(track.top(), other.top());
            if (width > 0 && height > 0 && width * height > MAX_COVERED * area) {
                return true;
            }
        }
        return false;
    }
}
