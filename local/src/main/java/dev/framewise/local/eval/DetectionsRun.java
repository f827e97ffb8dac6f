package dev.framewise.local.eval;

import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.local.Looking;
import dev.framewise.local.Progress;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.track.TrackedFrame;
import dev.framewise.vision.track.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tracks detections that are given, with the pictures or without. Used once. */
public final class DetectionsRun {
    private final Map<Integer, Detections> byFrame;
    private final Looking looking;
    private final int phase;
    private final Tracker tracker;
    private final boolean delayed;
    private int calls;
    private final Detections none = new Detections(/* capacity= */ 0);

    /**
     * @param byFrame detections by frame, from 1; those of frames that are not looked at are ignored
     * @param phase frames before the first look
     * @param tracker fresh
     */
    public DetectionsRun(
            Map<Integer, Detections> byFrame, Looking looking, int phase, Tracker tracker, boolean delayed) {
        this.byFrame = byFrame;
        this.looking = looking;
        this.phase = phase;
        this.tracker = tracker;
        this.delayed = delayed;
    }

    /** Without pictures: what the tracker shows in each of so many frames. */
    public List<MotRow> run(int frames) {
        TrackerLane lane = new TrackerLane(looking, phase, tracker, delayed, /* pictures= */ null);
        for (int frame = 1; frame <= frames; frame++) {
            step(lane, frame, TrackedFrame.NO_TIME);
        }
        lane.finish();
        return lane.rows();
    }

    /**
     * With the pictures of a clip.
     *
     * @param maxFrames frames after which to stop, if the clip does not end before
     * @throws IOException if the clip does not open, or breaks off
     */
    public List<MotRow> run(Path clip, int maxFrames) throws IOException {
        try (ClipReader reader = ClipReader.open(clip);
                FramePictures pictures = new FramePictures(CameraSettings.DEFAULT_JPEG_QUALITY);
                Progress progress =
                        Progress.onTerminal("tracking", reader.frameCount().orElse(/* other= */ 0))) {
            TrackerLane lane = new TrackerLane(looking, phase, tracker, delayed, pictures);
            for (int frame = 1; frame <= maxFrames && reader.advance(); frame++) {
                pictures.turnTo(reader.image());
                step(lane, frame, reader.timestampMicros());
                progress.step();
            }
            lane.finish();
            return lane.rows();
        }
    }

    /** How often the detections of a frame were looked at. */
    public int calls() {
        return calls;
    }

    private void step(TrackerLane lane, int frame, long capturedAtMicros) {
        calls += lane.step(frame, capturedAtMicros, () -> byFrame.getOrDefault(frame, none)) ? 1 : 0;
    }
}
