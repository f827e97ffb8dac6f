package dev.framewise.vision.track;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_tracking;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_tracking.TrackerCSRT;

/**
 * Follows each track with a correlation filter that learns its object from the key frame on (A. Lukezic et al., "Discriminative
 * Correlation Filter with Channel and Spatial Reliability", CVPR 2017), OpenCV's implementation, on the luma of the half-size picture. For
 * comparison, and for whoever asks for it by name: it costs milliseconds per track and frame, and holds tracks less well
 * than flow does.
 *
 * <p>OpenCV's tracking module brings its highgui along, and that wants GTK 2, which a small Debian lacks: see {@link #problem}.
 *
 * <p>A filter's native memory is given back when its track ends, at the next key frame, which makes new ones, and at {@link #release}. It is in
 * no snapshot: behind a restore there are none until the next key frame. One thread.
 */
final class CsrtFollower implements PixelFollower {
    /** A smaller object has no texture to learn, pixels. */
    private static final int LEAST_SIDE = 4;

    /** One filter, and where its object was in the last picture, centre, pixels of the half-size picture. */
    private static final class Filter {
        final TrackerCSRT tracker = TrackerCSRT.create();
        double x;
        double y;
    }

    private final Map<Long, Filter> filters = new HashMap<>();
    private final Rect box = new Rect();
    private Mat picture = new Mat();
    private double flowX;
    private double flowY;

    /**
     * Why it cannot be had on this machine, and what to do; empty where it can. The first call loads OpenCV's libraries, which takes
     * seconds.
     */
    static Optional<String> problem() {
        return problem(() -> Loader.load(opencv_tracking.class));
    }

    static Optional<String> problem(Runnable loading) {
        try {
            loading.run();
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of("CSRT is not to be had: OpenCV's tracking library does not load (" + e.getMessage()
                    + "). On Debian and Ubuntu install libgtk2.0-0 (or libgtk2.0-0t64).");
        }
    }

    @Override
    public void turnTo(HalfPicture next) {
        if (picture.cols() != next.width() || picture.rows() != next.height()) {
            picture.close();
            picture = new Mat(next.height(), next.width(), opencv_core.CV_8UC1);
        }
        picture.data().put(next.luma(), 0, next.width() * next.height());
    }

    @Override
    public void anchor(ArrayList<SkipTrack> tracks) {
        close();
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack track = tracks.get(i);
            if (track.seenAtKey && !picture.empty() && isInside(track)) {
                Filter filter = new Filter();
                filters.put(track.id, filter);
                filter.tracker.init(picture, box);
                filter.x = box.x() + box.width() / 2.0;
                filter.y = box.y() + box.height() / 2.0;
            }
        }
    }

    /** Whether enough of a track's box lies in the picture; then {@link #box} is that part. */
    private boolean isInside(SkipTrack track) {
        int left = (int) Math.max(0, Math.round(track.left() / 2));
        int top = (int) Math.max(0, Math.round(track.top() / 2));
        int right = (int) Math.min(picture.cols(), Math.round(track.right() / 2));
        int bottom = (int) Math.min(picture.rows(), Math.round(track.bottom() / 2));
        box.x(left).y(top).width(right - left).height(bottom - top);
        return right - left >= LEAST_SIDE && bottom - top >= LEAST_SIDE;
    }

    @Override
    public boolean follow(SkipTrack track, FlowPyramid from, FlowPyramid to, int steps) {
        Filter filter = filters.get(track.id);
        if (filter == null || !filter.tracker.update(picture, box)) {
            return false;
        }
        double x = box.x() + box.width() / 2.0;
        double y = box.y() + box.height() / 2.0;
        flowX = x - filter.x;
        flowY = y - filter.y;
        filter.x = x;
        filter.y = y;
        return true;
    }

    @Override
    public double flowX() {
        return flowX;
    }

    @Override
    public double flowY() {
        return flowY;
    }

    @Override
    public void forget() {
        close();
    }

    @Override
    public void end(SkipTrack track) {
        Filter filter = filters.remove(track.id);
        if (filter != null) {
            filter.tracker.close();
        }
    }

    @Override
    public void release() {
        close();
        picture.close();
        picture = new Mat();
    }

    @Override
    public int held() {
        return filters.size();
    }

    private void close() {
        filters.values().forEach(filter -> filter.tracker.close());
        filters.clear();
    }
}
