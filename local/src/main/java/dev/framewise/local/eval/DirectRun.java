package dev.framewise.local.eval;

import dev.framewise.local.Progress;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.eval.DetectionTracking;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegEncoder;
import dev.framewise.vision.track.ByteTracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Detects and tracks a clip on the calling thread. Each key frame is detected once and serves every phase, so that all
 * phases together cost no more than the whole clip.
 */
final class DirectRun {
    /** Low enough that average precision sees the whole curve; the tracker drops what it does not use. */
    private static final float MIN_SCORE = 0.01f;

    private final EvalTask task;
    private final StageClock detecting = new StageClock();
    private final StageClock tracking = new StageClock();
    private final List<MotRow> detections = new ArrayList<>();
    private int frames;
    private int calls;

    DirectRun(EvalTask task) {
        this.task = task;
    }

    /**
     * Runs.
     *
     * @throws ModelException if the model does not open
     * @throws IOException if the clip does not, or breaks off
     */
    EvalRun run() throws ModelException, IOException {
        String model = detect();
        NavigableMap<Integer, Detections> byFrame = MotFormat.byFrame(detections, /* minScore= */ 0);
        SortedMap<Integer, List<MotRow>> tracks = new TreeMap<>();
        for (int phase : task.phases()) {
            TimedTracker tracker = new TimedTracker(new ByteTracker(task.tracker()), tracking);
            tracks.put(phase, DetectionTracking.run(byFrame, frames, task.interval(), phase, tracker));
        }
        return new EvalRun(model, frames, tracks, Optional.of(detections), cpuMillisPerFrame());
    }

    private String detect() throws ModelException, IOException {
        DetectorOptions options = DetectorOptions.builder()
                .scoreThreshold(MIN_SCORE)
                .classes(task.classes().toArray(Integer[]::new))
                .build();
        try (Detector detector = Detector.open(task.model(), options);
                ClipReader clip = ClipReader.open(task.clip());
                JpegEncoder encoder = new JpegEncoder(task.jpegQuality().orElse(/* other= */ 90));
                Progress progress =
                        Progress.onTerminal("detecting", clip.frameCount().orElse(/* other= */ 0))) {
            FrameTimings timings = new FrameTimings();
            Detections found = new Detections();
            for (frames = 0; clip.advance(); progress.step()) {
                frames++;
                if (!task.isKeyFrame(frames)) {
                    continue;
                }
                calls++;
                load(detector, clip, encoder, timings);
                detector.run(/* count= */ 1);
                detector.detections(/* slot= */ 0, found, timings);
                detecting.add("decode", timings.decodeNanos());
                detecting.add("letterbox", timings.letterboxNanos());
                detecting.add("inference", detector.lastRunCpuNanos());
                detecting.add("postprocess", timings.postprocessNanos());
                append(found);
            }
            return detector.info().name();
        }
    }

    private void load(Detector detector, ClipReader clip, JpegEncoder encoder, FrameTimings timings)
            throws IOException {
        if (task.jpegQuality().isEmpty()) {
            detector.load(/* slot= */ 0, clip.image(), timings);
            return;
        }
        try {
            detector.load(/* slot= */ 0, encoder.encode(clip.image()), timings);
        } catch (ImageFormatException e) {
            throw new IOException("frame " + frames + " of " + task.clip() + " does not survive its own JPEG", e);
        }
    }

    private void append(Detections found) {
        for (int i = 0; i < found.size(); i++) {
            detections.add(new MotRow(
                    frames,
                    /* id= */ -1,
                    found.x1(i),
                    found.y1(i),
                    (double) found.x2(i) - found.x1(i),
                    (double) found.y2(i) - found.y1(i),
                    found.score(i),
                    found.classId(i)));
        }
    }

    /** What a run of one phase costs: the detector's share is that of its key frames. */
    private Map<String, Double> cpuMillisPerFrame() {
        double keyFrames = task.phases().stream()
                .mapToInt(phase -> task.keyFrames(frames, phase))
                .average()
                .orElse(0);
        Map<String, Double> cost = new LinkedHashMap<>();
        detecting
                .millisPer(calls)
                .forEach((stage, millis) -> cost.put(stage, millis * keyFrames / Math.max(1, frames)));
        cost.putAll(tracking.millisPer((long) frames * task.phases().size()));
        cost.put(
                "total", cost.values().stream().mapToDouble(Double::doubleValue).sum());
        return cost;
    }
}
