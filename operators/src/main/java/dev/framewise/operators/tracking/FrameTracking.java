package dev.framewise.operators.tracking;

import dev.framewise.operators.frame.FrameRecord;
import dev.framewise.operators.frame.FrameTask;
import dev.framewise.operators.frame.Lane;
import dev.framewise.schemas.Fate;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.ThreadCpu;
import dev.framewise.vision.image.JpegHeader;
import dev.framewise.vision.image.JpegScale;
import dev.framewise.vision.track.Cadence;
import dev.framewise.vision.track.HalfPicture;
import dev.framewise.vision.track.JpegPixels;
import dev.framewise.vision.track.LookReason;
import dev.framewise.vision.track.PixelSource;
import dev.framewise.vision.track.TrackList;
import dev.framewise.vision.track.TrackedFrame;
import dev.framewise.vision.track.Tracker;
import dev.framewise.vision.track.UsableDetection;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The beginning and the end of a frame's way behind admission: whether the detector looks at it, and what it becomes. What was
 * inferred or skipped becomes a track row; every frame, whatever became of it, becomes a {@link FateEvent}; what was tracked
 * also becomes a sample of its cost; what was unusable becomes a dead letter.
 *
 * <p>Where rows of skipped frames wait for the next key frame ({@link TrackerFactory#delayFrames}), so do their fates, which only then
 * are known; what tracking cost is told at once, so the latency in a sample is without that wait.
 *
 * <p>A new boot epoch, or a silence of the camera longer than {@code silence} in event time, ends all its tracks with a
 * CLOSING row. The silence is looked for both by a timer and at the next frame, so that the row says the same and stands at
 * the same place whichever comes first: tracks do not depend on how fast the watermark travels.
 *
 * <p>A camera's backlog is followed in a lane of its own, with a tracker, a cadence and ids of its own. Admission ends that lane;
 * a timer does only where the camera's live frames have ended, too, for event time is far ahead of it.
 *
 * <p>Plain Java over a {@link TrackingHost}; one thread. For each lane of a camera {@link #decide} and {@link #finish} are each called
 * once per frame, in order.
 */
public final class FrameTracking implements AutoCloseable {
    private final TrackerFactory trackers;
    private final CadenceFactory cadences;
    private final long silenceMicros;
    private final TrackingHost host;
    private final boolean decidesAhead;
    private final int delayFrames;
    private final Detections detections = new Detections();
    private final TrackList shown = new TrackList();
    private final TrackedFrame frame = new TrackedFrame();
    private final SeenPixels seen = new SeenPixels();
    private final JpegPixels pixels = new JpegPixels(JpegHeader.DEFAULT_MAX_PIXELS);
    /** Trackers made here, to have their native memory given back; their cameras keep them. */
    private final Set<Tracker> made = Collections.newSetFromMap(new WeakHashMap<>());

    /**
     * @param trackers makes the tracker of a camera seen for the first time
     * @param cadences makes its cadence
     * @param silence event time without a frame after which a camera's tracks end
     */
    public FrameTracking(TrackerFactory trackers, CadenceFactory cadences, Duration silence, TrackingHost host) {
        this.trackers = () -> {
            Tracker tracker = trackers.create();
            made.add(tracker);
            return tracker;
        };
        this.cadences = cadences;
        this.silenceMicros = silence.toNanos() / 1_000;
        this.host = host;
        this.delayFrames = trackers.delayFrames();
        this.decidesAhead = !cadences.create().needsSignals();
    }

    /** Whether {@link #decide} may run ahead of {@link #finish}; if not, a frame is decided once the one before is finished. */
    public boolean decidesAhead() {
        return decidesAhead;
    }

    /** Decides whether the detector looks at a frame; the host has turned to its camera. */
    public void decide(FrameTask task) {
        task.decision = LookReason.NO_PICTURE;
        if (!task.rebooted && !task.hasPicture()) {
            return;
        }
        FrameRecord record = task.record;
        CameraTracks camera = camera();
        if (!decidesAhead) {
            // A timer may have ended the tracks by now or not: the choice must not depend on which.
            closeIfOver(record, camera);
        }
        Cadence cadence = camera.cadence(cadences);
        if (task.rebooted) {
            cadence.reset();
        }
        if (task.hasPicture()) {
            cadence.limit(task.directedInterval);
            task.decision = cadence.next(
                    of(record, /* newPixels= */ null), tracker(camera).signals());
        }
        host.keep(camera);
    }

    /**
     * Ends the way of a frame that was decided, and inferred if that was the decision; the host has turned to its camera.
     *
     * @param timestampMillis event time of the frame as Flink counts it
     */
    public void finish(FrameTask task, long timestampMillis) {
        if (task.endsLane) {
            endBacklog(task.record.camera);
            return;
        }
        if (task.fate == null || task.fate == Fate.INFERRED) {
            track(task, timestampMillis);
            return;
        }
        if (task.fate == Fate.DEAD_LETTERED) {
            host.deadLetter(TrackRows.deadLetter(task));
        }
        host.fate(TrackRows.fate(task));
    }

    private void track(FrameTask task, long timestampMillis) {
        long startedNanos = ThreadCpu.nanos();
        FrameRecord record = task.record;
        CameraTracks camera = camera();
        boolean rebooted = record.bootEpoch != camera.bootEpoch;
        closeIfOver(record, camera);
        follow(task, camera);
        camera.device = record.device;
        camera.bootEpoch = record.bootEpoch;
        camera.sequence = record.sequence;
        camera.capturedAtMicros = record.capturedAtMicros;
        camera.latestMicros =
                rebooted ? record.capturedAtMicros : Math.max(camera.latestMicros, record.capturedAtMicros);
        camera.width = record.width;
        camera.height = record.height;
        camera.closed = false;
        // A backlog is old when it comes: its silence counts from the watermark, or every frame would end its tracks.
        camera.activeMillis = Math.max(timestampMillis, host.watermarkMillis());
        watchSilence(camera);
        show(camera, TrackedRow.of(task, camera.model, timestampMillis), record.camera);
        host.keep(camera);
        host.sample(TrackRows.sample(task, ThreadCpu.nanos() - startedNanos));
    }

    /** A row goes out at once, or when the next key frame has shown what lies between. */
    private void show(CameraTracks camera, TrackedRow frame, String name) {
        DelayedRows delay = camera.delay(delayFrames);
        if (delay == null) {
            send(frame, name, shown);
        } else if (delayFrames > 0) {
            delay.accept(frame, shown, (row, tracks) -> send(row, name, tracks));
        } else {
            // from a checkpoint of a job that had a delay
            delay.flush((row, tracks) -> send(row, name, tracks));
            send(frame, name, shown);
        }
    }

    private void send(TrackedRow frame, String name, TrackList tracks) {
        long inTurnMillis = host.timestampMillis();
        host.turnTo(name, host.lane(), frame.timestampMillis());
        host.row(TrackRows.frame(frame, name, host.lane(), tracks));
        host.fate(TrackRows.fate(frame, name));
        host.turnTo(name, host.lane(), inTurnMillis);
    }

    /** The one place where a tracker meets a frame. */
    private void follow(FrameTask task, CameraTracks camera) {
        Tracker tracker = tracker(camera);
        if (task.fate != Fate.INFERRED) {
            task.fate = Fate.PREDICTED;
            tracker.coast(of(task.record, pixelsOf(task)), shown);
            camera.remember(task, seen.read);
            return;
        }
        camera.model = task.cost.model;
        float[] box = task.boxesXyxy;
        detections.clear();
        for (int i = 0; i < task.scores.length; i++) {
            detections.add(
                    box[4 * i], box[4 * i + 1], box[4 * i + 2], box[4 * i + 3], task.scores[i], task.classIds[i]);
            if (!UsableDetection.is(detections, i)) {
                // The tracker leaves it out; here it is counted.
                host.refused(UsableDetection.problem(detections, i));
            }
        }
        tracker.update(of(task.record, pixelsOf(task)), detections, shown);
        camera.remember(task, seen.read);
    }

    /**
     * What the detector has decoded; else what the tracker may have decoded if it asks, with colour where the detector looked at
     * a picture of which it keeps nothing.
     */
    private PixelSource pixelsOf(FrameTask task) {
        if (task.pixels != null) {
            return seen.of(task.pixels);
        }
        task.decodedAt = task.fate == Fate.INFERRED ? JpegScale.HALF : null;
        return seen.of(pixels.of(task.record.payload, task.decodedAt));
    }

    /** Notes whether the tracker read the picture of a frame: it does not look at every one. */
    private static final class SeenPixels implements PixelSource {
        private PixelSource source;
        private boolean read;

        PixelSource of(PixelSource newSource) {
            source = newSource;
            read = false;
            return this;
        }

        @Override
        public boolean read(HalfPicture into) {
            read = source.read(into);
            return read;
        }
    }

    private TrackedFrame of(FrameRecord record, PixelSource newPixels) {
        return frame.set(record.sequence, record.capturedAtMicros, newPixels);
    }

    private Tracker tracker(CameraTracks camera) {
        return camera.tracker(trackers, pixels);
    }

    /** Event time has reached a moment that {@link TrackingHost#wakeAt} was asked for; which lane asked is looked up. */
    public void wake(String name, long timestampMillis) {
        host.turnTo(name, Lane.LIVE, timestampMillis);
        CameraTracks live = host.camera();
        if (isDue(live, timestampMillis)) {
            live.timerMillis = 0;
            if (timestampMillis < silentFromMillis(live)) {
                watchSilence(live);
            } else if (!live.closed) {
                close(live, name);
            }
            host.keep(live);
        }
        boolean goesOn = live != null && !live.closed;
        host.turnTo(name, Lane.BACKLOG, timestampMillis);
        CameraTracks backlog = host.camera();
        if (isDue(backlog, timestampMillis)) {
            wakeBacklog(backlog, name, timestampMillis, goesOn);
        }
    }

    /** While the camera's live frames go on, they decide when its backlog has fallen silent: see {@code BacklogLane}. */
    private void wakeBacklog(CameraTracks camera, String name, long timestampMillis, boolean liveGoesOn) {
        camera.timerMillis = 0;
        if (!camera.closed) {
            if (liveGoesOn) {
                camera.activeMillis = Math.max(camera.activeMillis, timestampMillis);
            }
            if (timestampMillis < silentFromMillis(camera)) {
                watchSilence(camera);
            } else {
                endBacklog(name);
                return;
            }
        }
        host.keep(camera);
    }

    private static boolean isDue(CameraTracks camera, long timestampMillis) {
        return camera != null && camera.timerMillis != 0 && camera.timerMillis <= timestampMillis;
    }

    /** Ends the tracks of the lane in turn, the backlog's, and gives back all but the id counter. */
    private void endBacklog(String name) {
        CameraTracks camera = camera();
        if (!camera.closed) {
            close(camera, name);
        }
        Tracker ended = camera.rest();
        if (ended != null) {
            made.remove(ended);
            ended.release();
        }
        host.keep(camera);
    }

    private CameraTracks camera() {
        CameraTracks known = host.camera();
        return known == null ? new CameraTracks() : known;
    }

    private void watchSilence(CameraTracks camera) {
        if (camera.timerMillis == 0) {
            camera.timerMillis = silentFromMillis(camera);
            host.wakeAt(camera.timerMillis);
        }
    }

    /** The last watermark of an ended input is the largest number: it may arrive before frames that still wait for their turn. */
    private long silentFromMillis(CameraTracks camera) {
        long silenceMillis = silenceMicros / 1_000;
        return camera.activeMillis > Long.MAX_VALUE - silenceMillis
                ? Long.MAX_VALUE
                : camera.activeMillis + silenceMillis;
    }

    /** Ends the tracks if this frame shows that they are over. */
    private void closeIfOver(FrameRecord record, CameraTracks camera) {
        boolean rebooted = record.bootEpoch != camera.bootEpoch;
        if (!camera.closed && (rebooted || record.capturedAtMicros - camera.latestMicros >= silenceMicros)) {
            close(camera, record.camera);
        }
    }

    private void close(CameraTracks camera, String name) {
        DelayedRows delay = camera.delay(delayFrames);
        if (delay != null) {
            delay.flush((row, tracks) -> send(row, name, tracks));
        }
        // Closing adds to the list, and the list may hold what another camera's last frame left in it.
        shown.clear();
        tracker(camera).close(shown);
        camera.closed = true;
        camera.lastJpeg = null;
        camera.lastDecodedAt = null;
        host.row(TrackRows.closing(camera, name, host.lane(), shown));
    }

    /** Gives native memory back, that of decoded pictures and of trackers; the host's state stays. */
    @Override
    public void close() {
        made.forEach(Tracker::release);
        pixels.close();
    }
}
