package dev.framewise.operators.frame;

import java.time.Duration;

/**
 * The order of a camera's backlog: the frames of an outage, which come behind the live ones that went past them. They come oldest first,
 * so what comes behind a later one of them is late; a sequence that does not come is a gap, as in the live lane.
 *
 * <p><b>The lane ends</b> when nothing is missing any more between it and the live lane's frames, or when the camera's live frames have
 * gone on for {@code silence} without one of it. Both follow from the camera's own records in the order in which they came, so a replay
 * gives the same: event time is far ahead of these frames and says nothing about them. Plain Java, one thread.
 */
final class BacklogLane {
    private final long silenceMicros;

    BacklogLane(Duration silence) {
        this.silenceMicros = silence.toNanos() / 1_000;
    }

    /** Takes in a frame that was missing and is fit to be looked at; it is late where the lane is past it. */
    static boolean enters(FrameTask task, CameraPosition position) {
        FrameRecord record = task.record;
        boolean sameEpoch = record.bootEpoch == position.backlogEpoch;
        boolean ahead = position.backlogSequence < 0
                || record.bootEpoch > position.backlogEpoch
                || (sameEpoch && record.sequence > position.backlogSequence);
        if (!ahead) {
            return false;
        }
        task.lane = Lane.BACKLOG;
        task.rebooted = position.backlogOpen && !sameEpoch;
        position.backlogOpen = true;
        position.backlogEpoch = record.bootEpoch;
        position.backlogSequence = record.sequence;
        position.backlogAtMicros = position.latestMicros;
        return true;
    }

    /** A new epoch has begun in the live lane, and with it perhaps another clock. */
    static void liveRebooted(CameraPosition position, long capturedAtMicros) {
        position.backlogAtMicros = capturedAtMicros;
    }

    /** Whether live frames have gone on for so long without one of this lane. */
    boolean isSilent(CameraPosition position) {
        return position.latestMicros - position.backlogAtMicros >= silenceMicros;
    }

    /** Whether nothing is missing any more up to the live lane's frames. */
    static boolean hasCaughtUp(CameraPosition position, MissingFrames missing) {
        return position.backlogEpoch == position.bootEpoch
                && !missing.hasAbove(position.backlogEpoch, position.backlogSequence);
    }

    /** Ends the lane: what is to be sent behind its last frame. */
    static FrameTask end(FrameRecord latest, CameraPosition position) {
        position.backlogOpen = false;
        FrameTask task = new FrameTask();
        task.record = new FrameRecord();
        task.record.device = latest.device;
        task.record.camera = latest.camera;
        task.record.capturedAtMicros = latest.capturedAtMicros;
        task.lane = Lane.BACKLOG;
        task.endsLane = true;
        return task;
    }
}
