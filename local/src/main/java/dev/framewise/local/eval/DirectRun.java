package dev.framewise.local.eval;

import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.local.Progress;
import dev.framewise.local.TrackerOptions;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.ImageFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Detects and tracks a clip on the calling thread, in one pass for all ways to look and all phases: a frame is detected once,
 * whoever looks at it, so that a whole curve costs little more than the clip.
 */
final class DirectRun {
    /** Low enough that average precision sees the whole curve; the tracker drops what it does not use. */
    private static final float MIN_SCORE = 0.01f;

    private final List<EvalTask> tasks;
    private final EvalTask first;
    private final StageClock detecting = new StageClock();
    private final List<MotRow> detections = new ArrayList<>();
    private final FrameTimings timings = new FrameTimings();
    private final Detections found = new Detections();
    private final List<Lanes> lanes = new ArrayList<>();
    private String model = "none";
    private int frames;
    private int calls;
    private long lastMicros;

    private static final class Lanes {
        final SortedMap<Integer, TrackerLane> byPhase = new TreeMap<>();
        final SortedSet<Integer> looked = new TreeSet<>();
    }

    /** @param tasks of the same clip, model and picture quality; at least one */
    DirectRun(List<EvalTask> tasks) {
        this.tasks = tasks;
        this.first = tasks.get(0);
    }

    /**
     * Runs.
     *
     * @return one for each task, in their order
     * @throws ModelException if the model does not open
     * @throws IOException if the clip does not, or breaks off
     */
    List<EvalRun> run() throws ModelException, IOException {
        DetectorOptions options = DetectorOptions.builder()
                .scoreThreshold(MIN_SCORE)
                .classes(first.classes().toArray(Integer[]::new))
                .build();
        try (Detector detector = Detector.open(first.model(), options);
                ClipReader clip = ClipReader.open(first.clip());
                FramePictures pictures =
                        new FramePictures(first.jpegQuality().orElse(CameraSettings.DEFAULT_JPEG_QUALITY));
                Progress progress =
                        Progress.onTerminal("detecting", clip.frameCount().orElse(/* other= */ 0))) {
            model = detector.info().name();
            openLanes(pictures);
            for (frames = 0; clip.advance(); progress.step()) {
                frames++;
                lastMicros = clip.timestampMicros();
                pictures.turnTo(clip.image());
                step(clip, detector, pictures);
            }
        }
        List<EvalRun> runs = new ArrayList<>();
        lanes.forEach(lane -> runs.add(finish(lane)));
        return runs;
    }

    private void openLanes(FramePictures pictures) {
        for (EvalTask task : tasks) {
            Lanes group = new Lanes();
            boolean seesPixels = task.tracker().kind() == TrackerOptions.Kind.OURS;
            for (int phase : task.phases()) {
                group.byPhase.put(
                        phase,
                        new TrackerLane(
                                task.looking(),
                                phase,
                                task.tracker().create(task.looking(), /* hasPictures= */ true),
                                task.tracker().isDelayed(),
                                seesPixels ? pictures : null));
            }
            lanes.add(group);
        }
    }

    private void step(ClipReader clip, Detector detector, FramePictures pictures) throws IOException {
        boolean[] detected = {false};
        try {
            for (Lanes group : lanes) {
                for (TrackerLane lane : group.byPhase.values()) {
                    boolean looked = lane.step(frames, clip.timestampMicros(), () -> {
                        if (!detected[0]) {
                            detect(clip, detector, pictures);
                            detected[0] = true;
                        }
                        return found;
                    });
                    if (looked) {
                        group.looked.add(frames);
                    }
                }
            }
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof ImageFormatException) {
                throw new IOException("frame " + frames + " of " + first.clip() + ": " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private void detect(ClipReader clip, Detector detector, FramePictures pictures) {
        calls++;
        if (first.jpegQuality().isEmpty()) {
            detector.load(/* slot= */ 0, clip.image(), timings);
        } else {
            try {
                detector.load(/* slot= */ 0, pictures.jpeg(), timings);
            } catch (ImageFormatException e) {
                throw new IllegalStateException("it does not survive its own JPEG", e);
            }
        }
        detector.run(/* count= */ 1);
        detector.detections(/* slot= */ 0, found, timings);
        detecting.add("decode", timings.decodeNanos());
        detecting.add("letterbox", timings.letterboxNanos());
        detecting.add("inference", detector.lastRunCpuNanos());
        detecting.add("postprocess", timings.postprocessNanos());
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

    private EvalRun finish(Lanes group) {
        SortedMap<Integer, List<MotRow>> tracks = new TreeMap<>();
        SortedMap<Integer, Integer> callsByPhase = new TreeMap<>();
        SortedMap<Integer, Map<String, Integer>> reasons = new TreeMap<>();
        SortedMap<Integer, Double> overBudget = new TreeMap<>();
        Map<String, Double> tracking = new LinkedHashMap<>();
        Map<String, Double> bridge = new LinkedHashMap<>();
        int phases = group.byPhase.size();
        group.byPhase.forEach((phase, lane) -> {
            lane.finish();
            tracks.put(phase, lane.rows());
            callsByPhase.put(phase, lane.keyFrames());
            reasons.put(phase, lane.reasons());
            overBudget.put(phase, lane.mostOverBudget());
            lane.millisPerFrame(frames).forEach((stage, millis) -> tracking.merge(stage, millis / phases, Double::sum));
            lane.bridgeMillis().forEach((stage, millis) -> bridge.merge(stage, millis / phases, Double::sum));
        });
        double lookShare = callsByPhase.values().stream()
                        .mapToInt(Integer::intValue)
                        .average()
                        .orElse(0)
                / Math.max(1, frames);
        Map<String, Double> cost = new LinkedHashMap<>();
        detecting.millisPer(calls).forEach((stage, millis) -> cost.put(stage, millis * lookShare));
        cost.putAll(tracking);
        putTotal(cost);
        putTotal(bridge);
        List<MotRow> seen = detections.stream()
                .filter(row -> group.looked.contains(row.frame()))
                .toList();
        return new EvalRun(
                model,
                frames,
                tracks,
                Optional.of(seen),
                group.looked,
                callsByPhase,
                reasons,
                overBudget,
                /* frameSeconds= */ lastMicros / 1e6 / Math.max(1, frames - 1),
                cost,
                bridge);
    }

    private static void putTotal(Map<String, Double> cost) {
        cost.put(
                "total", cost.values().stream().mapToDouble(Double::doubleValue).sum());
    }
}
