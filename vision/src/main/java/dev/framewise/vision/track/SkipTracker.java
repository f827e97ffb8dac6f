package dev.framewise.vision.track;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.track.SkipTrackerOptions.Pixels;
import java.util.ArrayList;

/**
 * The tracker for detectors that look at some of the frames only.
 *
 * <p>At every frame a track moves by its motion model ({@link BoxMotion}) and, where there are pixels, by what its object's pixels did
 * ({@link PixelMotion}). At a key frame detections of high score are paired with all tracks, seen lately or not, by
 * buffered overlap and colour ({@link SkipAssociation}); those of low score with the tracks left over that the key frame before saw
 * (the second association of Y. Zhang et al., "ByteTrack", ECCV 2022). What is left over and has a score that is high for this detector
 * ({@link BirthScore}) starts a track at once: to wait for a second detection would hide it for a whole interval. Of two tracks
 * that nearly coincide the younger goes. Tracks that the last key frame saw are shown; the others wait, unseen, for
 * {@link SkipTrackerOptions#maxUnseenFrames()}.
 *
 * <p>Time is counted in steps: one per frame, or, where frames have capture times, as many as fit in ({@link StepClock}), so that a
 * camera that is slowed down does not look like people who run. Tracks are kept in the order of their ids, which breaks ties.
 *
 * <p>What is in the snapshot and what {@link #prime} is for: see {@link Tracker}.
 */
public final class SkipTracker implements Tracker {
    private static final int NOTHING = -1;

    private final SkipTrackerOptions options;
    private final BoxMotion model;
    private final SkipAssociation association;
    private final ColourBook colours = new ColourBook();
    private final PixelMotion pixels;
    private final HalfPicture picture = new HalfPicture();
    private final TrackSignals signals = new TrackSignals();
    private final BirthScore birth;
    private final StepClock clock = new StepClock();
    private final LivingTracks living;
    /** The same, ordered by id. */
    private final ArrayList<SkipTrack> tracks;

    private final ArrayList<SkipTrack> candidates = new ArrayList<>();
    private boolean started;
    private long lastFrame;
    private long rejectedDetections;

    /** Frames since the picture that a snapshot told of and nobody has brought back yet, or {@link #NOTHING}. */
    private int awaitedSteps = NOTHING;

    private int[] high = new int[32];
    private int highSize;
    private int[] low = new int[32];
    private int lowSize;
    private int[] left = new int[32];
    private int leftSize;

    public SkipTracker(SkipTrackerOptions options) {
        this.options = options;
        pixels = new PixelMotion(options.pixels() == Pixels.CSRT);
        model = new BoxMotion(options.noise());
        association = new SkipAssociation(options);
        birth = new BirthScore(options.birthScore(), options.birthShare());
        living = new LivingTracks(options, model, pixels);
        tracks = living.all();
    }

    @Override
    public void update(TrackedFrame frame, Detections detections, TrackList out) {
        out.clear();
        skipTo(frame, out);
        split(detections);
        // with colour there is something to see even where nothing is followed yet
        boolean seen = options.pixels() != Pixels.NONE
                && (options.watchesChange() || highSize > 0 || !tracks.isEmpty())
                && frame.read(picture);
        move(seen);
        colours.begin(detections.size());
        if (seen) {
            colours.measure(picture, detections, high, highSize);
        }
        associate(frame.number(), detections);
        startNew(frame.number(), detections);
        if (seen) {
            colours.teach(tracks, detections, high, highSize);
        }
        living.removeDuplicates(out);
        pixels.anchor(tracks);
        finish(frame, out);
    }

    @Override
    public void coast(TrackedFrame frame, TrackList out) {
        out.clear();
        skipTo(frame, out);
        move(usesFlow() && (options.watchesChange() || followsAny()) && frame.read(picture));
        finish(frame, out);
    }

    @Override
    public void close(TrackList out) {
        living.endAll(out);
        pixels.forget();
        awaitedSteps = NOTHING;
        signals.clear();
        clock.reset();
        started = false;
        lastFrame = 0;
    }

    @Override
    public long rejectedDetections() {
        return rejectedDetections;
    }

    @Override
    public TrackSignals signals() {
        return signals;
    }

    @Override
    public boolean wantsPreviousPixels() {
        return pixels.hasPicture() || awaitedSteps >= 0;
    }

    @Override
    public void prime(PixelSource source) {
        if (awaitedSteps >= 0 && source.read(picture)) {
            pixels.prime(picture, awaitedSteps);
        }
        awaitedSteps = NOTHING;
    }

    @Override
    public void release() {
        awaitedSteps = NOTHING;
        pixels.release();
    }

    @Override
    public byte[] snapshot() {
        SkipSnapshot snapshot = new SkipSnapshot();
        snapshot.nextId = living.nextId();
        snapshot.started = started;
        snapshot.lastFrame = lastFrame;
        snapshot.rejectedDetections = rejectedDetections;
        snapshot.birthLogOdds = birth.state();
        snapshot.birthSeen = birth.seen();
        snapshot.clockMicros = clock.lastMicros();
        snapshot.stepMicros = clock.stepMicros();
        snapshot.change = signals.change();
        snapshot.sceneChanged = signals.sceneChanged();
        snapshot.hasPicture = wantsPreviousPixels();
        snapshot.pictureSteps = pixels.hasPicture() ? pixels.steps() : awaitedSteps;
        snapshot.tracks = tracks;
        return snapshot.toBytes();
    }

    @Override
    public void restore(byte[] bytes) {
        SkipSnapshot read = SkipSnapshot.fromBytes(bytes);
        started = read.started;
        lastFrame = read.lastFrame;
        rejectedDetections = read.rejectedDetections;
        birth.restore(read.birthLogOdds, read.birthSeen);
        clock.restore(read.clockMicros, read.stepMicros);
        awaitedSteps = read.hasPicture ? read.pictureSteps : NOTHING;
        living.restore(read.tracks, read.nextId);
        pixels.forget();
        signals.setFollowed(tracks);
        signals.change = read.change;
        signals.sceneChanged = read.sceneChanged;
    }

    /** All tracks, ordered by id; a view for the invariants. */
    ArrayList<SkipTrack> tracks() {
        return tracks;
    }

    /** Native objects held; a view for tests. */
    int held() {
        return pixels.held();
    }

    private boolean usesFlow() {
        return options.pixels() == Pixels.FLOW || options.pixels() == Pixels.CSRT;
    }

    private boolean followsAny() {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).seenAtKey) {
                return true;
            }
        }
        return false;
    }

    /** Predicts over frames that nobody saw, and over this one. */
    private void skipTo(TrackedFrame frame, TrackList out) {
        if (started && frame.number() <= lastFrame) {
            throw new IllegalArgumentException("frame " + frame.number() + " is not after frame " + lastFrame);
        }
        long missed = started ? frame.number() - lastFrame - 1 : 0;
        awaitedSteps = NOTHING;
        int steps = clock.advance(frame, missed + 1);
        // after one frame more than the longest wait every track has ended, so a huge jump costs no more than that
        for (long i = Math.min(steps, options.maxUnseenFrames() + 2L); i > 0; i--) {
            for (int k = 0; k < tracks.size(); k++) {
                tracks.get(k).predict(model);
            }
        }
        for (long i = Math.min(steps - 1L, PixelMotion.MAX_STEPS); i > 0; i--) {
            pixels.pass();
        }
        living.expire(frame.number() - 1, out);
    }

    private void move(boolean seen) {
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).flowed = false;
            tracks.get(i).flowFailed = false;
        }
        if (seen && usesFlow()) {
            pixels.move(picture, tracks, model);
        } else {
            pixels.pass();
        }
    }

    private void split(Detections detections) {
        highSize = 0;
        lowSize = 0;
        if (high.length < detections.size()) {
            high = new int[2 * detections.size()];
            low = new int[2 * detections.size()];
            left = new int[2 * detections.size()];
        }
        for (int i = 0; i < detections.size(); i++) {
            float score = detections.score(i);
            if (!UsableDetection.is(detections, i)) {
                rejectedDetections++;
            } else if (score >= options.highScore()) {
                high[highSize++] = i;
                birth.learn(score);
            } else if (score >= options.lowScore()) {
                low[lowSize++] = i;
            }
        }
    }

    /** Both associations; afterwards {@link #left} holds what of the high ones nobody took. */
    private void associate(long frame, Detections detections) {
        association.solveHigh(tracks, detections, high, highSize, colours);
        leftSize = 0;
        for (int i = 0; i < highSize; i++) {
            if (association.rowOf(i) < 0) {
                left[leftSize++] = high[i];
            }
        }
        candidates.clear();
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack track = tracks.get(i);
            int column = association.columnOf(i);
            track.detection = -1;
            if (column >= 0) {
                track.take(detections, high[column], frame, model);
            } else if (track.seenAtKey) {
                track.seenAtKey = false;
                candidates.add(track);
            }
        }
        association.solveLow(candidates, detections, low, lowSize);
        for (int i = 0; i < candidates.size(); i++) {
            int column = association.columnOf(i);
            if (column >= 0) {
                candidates.get(i).take(detections, low[column], frame, model);
            }
        }
    }

    private void startNew(long frame, Detections detections) {
        for (int i = 0; i < leftSize; i++) {
            if (birth.allows(detections.score(left[i]))) {
                living.start(detections, left[i], frame);
            }
        }
    }

    private void finish(TrackedFrame frame, TrackList out) {
        living.expire(frame.number(), out);
        lastFrame = frame.number();
        started = true;
        for (int i = 0; i < tracks.size(); i++) {
            SkipTrack track = tracks.get(i);
            if (track.seenAtKey) {
                if (!track.shown) {
                    track.shown = true;
                    out.addStarted(track.id);
                }
                track.showIn(out, lastFrame);
            }
        }
        signals.setFollowed(tracks);
        if (options.watchesChange()) {
            pixels.watch(tracks);
        }
        signals.change = (float) pixels.change();
        signals.sceneChanged = pixels.sceneChanged();
    }
}
