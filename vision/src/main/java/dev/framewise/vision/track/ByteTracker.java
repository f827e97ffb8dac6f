package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.TrackList.Provenance;
import dev.framewise.vision.track.TrackList.State;
import java.util.ArrayList;

/**
 * ByteTrack: Y. Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box", ECCV 2022, algorithm 1.
 *
 * <p>At a key frame every track is predicted; detections of high score are associated with tracked and lost tracks, those of
 * low score with the tracked ones left over, and the high ones left over with tentative tracks. What is still left over
 * starts a tentative track, which its next key frame confirms or ends; those of the very first key frame are confirmed at
 * once. Tracks without a detection are lost, kept for {@link ByteTrackOptions#maxLostFrames()} frames and not shown.
 *
 * <p>On a skipped frame the tracks matched at the last key frame are shown where the motion model puts them. The buffer
 * counts frames, skipped ones included, and a jump in the frame numbers is the same as coasting through the gap.
 *
 * <p>Differences from the authors' code, none of which shows in its results beyond noise: a track past the buffer is gone at
 * once (theirs can return one frame later), a score equal to {@code trackThreshold} counts as low (theirs drops it), and
 * boxes keep a positive size when they shrink by prediction.
 */
public final class ByteTracker implements Tracker {
    private final ByteTrackOptions options;
    private final IouAssociation association = new IouAssociation();
    private final ByteTracks living;

    private boolean started;
    private boolean sawKeyFrame;
    private long lastFrame;
    private long rejectedDetections;

    private final ArrayList<Track> candidates = new ArrayList<>();
    private int[] high = new int[32];
    private int highSize;
    private int[] low = new int[32];
    private int lowSize;
    private final double[] box = new double[4];
    private final TrackSignals signals = new TrackSignals();

    public ByteTracker(ByteTrackOptions options) {
        this.options = options;
        this.living = new ByteTracks(options);
    }

    @Override
    public void update(TrackedFrame picture, Detections detections, TrackList out) {
        long frame = picture.number();
        out.clear();
        skipTo(frame, out);
        predictForKeyFrame(frame);
        split(detections);
        associate(frame, detections, out);
        living.expire(frame, out);
        living.removeDuplicates(out);
        lastFrame = frame;
        started = true;
        sawKeyFrame = true;
        show(frame, Provenance.DETECTED, out);
    }

    @Override
    public void coast(TrackedFrame picture, TrackList out) {
        long frame = picture.number();
        out.clear();
        skipTo(frame, out);
        predictAll();
        living.expire(frame, out);
        lastFrame = frame;
        started = true;
        show(frame, Provenance.PREDICTED, out);
    }

    @Override
    public void close(TrackList out) {
        living.endAll(out);
        signals.clear();
        started = false;
        sawKeyFrame = false;
        lastFrame = 0;
    }

    @Override
    public byte[] snapshot() {
        return new ByteTrackSnapshot(
                        living.nextId(), started, sawKeyFrame, lastFrame, rejectedDetections, tracked(), lost())
                .toBytes();
    }

    @Override
    public void restore(byte[] snapshot) {
        ByteTrackSnapshot read = ByteTrackSnapshot.fromBytes(snapshot);
        living.restore(read.nextId(), read.tracked(), read.lost());
        started = read.started();
        sawKeyFrame = read.sawKeyFrame();
        lastFrame = read.lastFrame();
        rejectedDetections = read.rejectedDetections();
        living.collectConfirmed(candidates);
        signals.set(candidates);
    }

    @Override
    public long rejectedDetections() {
        return rejectedDetections;
    }

    @Override
    public TrackSignals signals() {
        return signals;
    }

    /** Tentative and confirmed tracks; a view for the invariants. */
    ArrayList<Track> tracked() {
        return living.tracked();
    }

    /** Lost tracks; a view for the invariants. */
    ArrayList<Track> lost() {
        return living.lost();
    }

    private void skipTo(long frame, TrackList out) {
        if (!started) {
            return;
        }
        if (frame <= lastFrame) {
            throw new IllegalArgumentException("frame " + frame + " is not after frame " + lastFrame);
        }
        long missed = frame - lastFrame - 1;
        if (missed == 0) {
            return;
        }
        // after one frame more than the buffer every track has expired, so a huge jump costs no more than that
        for (long i = Math.min(missed, options.maxLostFrames() + 1L); i > 0; i--) {
            predictAll();
        }
        living.expire(frame - 1, out);
    }

    private void predictAll() {
        ArrayList<Track> tracked = living.tracked();
        for (int i = 0; i < tracked.size(); i++) {
            KalmanBoxFilter.predict(tracked.get(i).motion);
        }
        predictLost();
    }

    private void predictLost() {
        ArrayList<Track> lost = living.lost();
        for (int i = 0; i < lost.size(); i++) {
            KalmanBoxFilter.stopGrowth(lost.get(i).motion);
            KalmanBoxFilter.predict(lost.get(i).motion);
        }
    }

    /** Like the authors' code, a track born in the frame before is matched where it was born, not predicted. */
    private void predictForKeyFrame(long frame) {
        ArrayList<Track> tracked = living.tracked();
        for (int i = 0; i < tracked.size(); i++) {
            Track track = tracked.get(i);
            if (track.state != State.TENTATIVE || frame - track.detectedFrame > 1) {
                KalmanBoxFilter.predict(track.motion);
            }
        }
        predictLost();
    }

    private void split(Detections detections) {
        highSize = 0;
        lowSize = 0;
        if (high.length < detections.size()) {
            high = new int[2 * detections.size()];
            low = new int[2 * detections.size()];
        }
        for (int i = 0; i < detections.size(); i++) {
            float score = detections.score(i);
            if (!UsableDetection.is(detections, i)) {
                rejectedDetections++;
            } else if (score > options.trackThreshold()) {
                high[highSize++] = i;
            } else if (score > options.lowThreshold()) {
                low[lowSize++] = i;
            }
        }
    }

    private void associate(long frame, Detections detections, TrackList out) {
        ArrayList<Track> tracked = living.tracked();
        ArrayList<Track> lost = living.lost();
        markUnmatched(tracked);
        markUnmatched(lost);

        collectUnmatched(tracked, State.CONFIRMED, candidates);
        for (int i = 0; i < lost.size(); i++) {
            candidates.add(lost.get(i)); // addAll would copy the list first
        }
        match(high, highSize, options.matchThreshold(), options.fuseScore(), frame, detections);
        highSize = dropTaken(high, highSize);

        collectUnmatched(tracked, State.CONFIRMED, candidates);
        match(low, lowSize, options.secondMatchThreshold(), /* fuseScore= */ false, frame, detections);

        collectUnmatched(tracked, State.TENTATIVE, candidates);
        match(high, highSize, options.tentativeMatchThreshold(), options.fuseScore(), frame, detections);
        highSize = dropTaken(high, highSize);

        living.settle(out);
        startNew(frame, detections);
    }

    private static void markUnmatched(ArrayList<Track> tracks) {
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).detection = -1;
        }
    }

    private static void collectUnmatched(ArrayList<Track> from, State state, ArrayList<Track> into) {
        into.clear();
        for (int i = 0; i < from.size(); i++) {
            if (from.get(i).state == state && from.get(i).detection < 0) {
                into.add(from.get(i));
            }
        }
    }

    private void match(
            int[] chosen, int chosenSize, double maxDistance, boolean fuseScore, long frame, Detections detections) {
        association.solve(
                candidates, detections, chosen, chosenSize, 1 - maxDistance, fuseScore, options.classAgnostic());
        for (int i = 0; i < candidates.size(); i++) {
            int column = association.columnOf(i);
            if (column >= 0) {
                candidates.get(i).take(detections, chosen[column], frame);
            }
        }
    }

    /** Keeps the detections that nobody took in the association just solved. */
    private int dropTaken(int[] chosen, int size) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (association.rowOf(i) < 0) {
                chosen[kept++] = chosen[i];
            }
        }
        return kept;
    }

    private void startNew(long frame, Detections detections) {
        for (int i = 0; i < highSize; i++) {
            if (detections.score(high[i]) >= options.newTrackThreshold()) {
                living.start(detections, high[i], frame, sawKeyFrame ? State.TENTATIVE : State.CONFIRMED);
            }
        }
    }

    private void show(long frame, Provenance provenance, TrackList out) {
        living.collectConfirmed(candidates);
        for (int i = 0; i < candidates.size(); i++) {
            Track track = candidates.get(i);
            if (!track.shown) {
                track.shown = true;
                out.addStarted(track.id);
            }
            track.showIn(out, frame, provenance, box);
        }
        signals.set(candidates);
    }
}
