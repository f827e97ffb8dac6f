package dev.framewise.toolkit.gate;

import dev.framewise.toolkit.picture.PictureSupply;
import dev.framewise.toolkit.picture.Pictures;
import dev.framewise.toolkit.quantize.Labels;
import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.eval.AveragePrecision;
import dev.framewise.vision.eval.DetectionTracking;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.eval.SequenceScores;
import dev.framewise.vision.track.SkipTracker;
import dev.framewise.vision.track.SkipTrackerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Baseline and candidate over labelled clips. Every frame goes through both, one after the other, so that what slows the machine slows
 * both. One thread.
 */
public final class Gate {
    /** Frames whose times do not count: caches and clocks settle. */
    private static final int WARM_UPS = 10;
    /** Scores that a tracker is given; it has its own thresholds above. */
    private static final double TRACKED_SCORE = 0.1;

    private final Path baseline;
    private final Path candidate;
    private final DetectorOptions options;

    /** @param options how both are to be read; scores from about 0.01, which average precision wants */
    public Gate(Path baseline, Path candidate, DetectorOptions options) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.options = options;
    }

    private static final class Lane {
        final Detections found = new Detections();
        final List<MotRow> rows = new ArrayList<>();
        final List<Long> nanos = new ArrayList<>();
    }

    /**
     * Looks at one clip.
     *
     * @throws ModelException if a model does not run
     * @throws IOException if a picture cannot be read
     */
    public GateRow run(PictureSupply supply, Labels labels) throws ModelException, IOException {
        Lane first = new Lane();
        Lane second = new Lane();
        int frames = 0;
        FrameTimings timings = new FrameTimings();
        try (Detector one = Detector.open(baseline, options);
                Detector other = Detector.open(candidate, options);
                Pictures pictures = supply.open()) {
            while (pictures.advance()) {
                see(one, pictures, first, labels, timings);
                see(other, pictures, second, labels, timings);
                frames++;
            }
        }
        return new GateRow(supply.name(), frames, figures(first, labels, frames), figures(second, labels, frames));
    }

    private static void see(Detector detector, Pictures pictures, Lane lane, Labels labels, FrameTimings timings) {
        detector.load(0, pictures.image(), timings);
        detector.run(1);
        detector.detections(0, lane.found, timings);
        lane.nanos.add(detector.lastRunCpuNanos());
        labels.collect(pictures.number(), lane.found, lane.rows);
    }

    private static GateRow.Figures figures(Lane lane, Labels labels, int frames) {
        List<MotRow> tracks = DetectionTracking.run(
                MotFormat.byFrame(lane.rows, TRACKED_SCORE),
                frames,
                /* interval= */ 1,
                /* phase= */ 0,
                new SkipTracker(SkipTrackerOptions.of(/* pixels= */ false, /* interval= */ 1)));
        double hota = SequenceScores.of(labels.rows(), tracks, frames).hota().hota();
        List<Long> counted = lane.nanos.subList(Math.min(WARM_UPS, lane.nanos.size() - 1), lane.nanos.size()).stream()
                .sorted()
                .toList();
        return new GateRow.Figures(
                AveragePrecision.ap50(labels.rows(), lane.rows),
                AveragePrecision.ap50To95(labels.rows(), lane.rows),
                hota,
                counted.get(counted.size() / 2) / 1e6);
    }

    /** Why the candidate may not pass, one sentence for each figure and clip; empty if it may. */
    public static List<String> reasons(List<GateRow> rows, GateBudget budget) {
        List<String> reasons = new ArrayList<>();
        for (GateRow row : rows) {
            GateRow.Figures before = row.baseline();
            GateRow.Figures after = row.candidate();
            lost(reasons, row, "AP50", before.ap50(), after.ap50(), budget.ap50());
            lost(reasons, row, "AP50-95", before.ap50To95(), after.ap50To95(), budget.ap50To95());
            lost(reasons, row, "HOTA", before.hota(), after.hota(), budget.hota());
            double ratio = after.cpuMillis() / before.cpuMillis();
            if (!(ratio <= budget.latencyRatio())) {
                reasons.add(String.format(
                        Locale.ROOT,
                        "%s: it takes %.3f CPU ms for a frame, %.3f times the baseline's %.3f; allowed: %s times",
                        row.clip(),
                        after.cpuMillis(),
                        ratio,
                        before.cpuMillis(),
                        budget.latencyRatio()));
            }
        }
        return reasons;
    }

    private static void lost(
            List<String> reasons, GateRow row, String figure, double before, double after, double budget) {
        if (!(before - after <= budget)) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%s: it loses %.4f of %s (%.4f to %.4f); the budget is %s",
                    row.clip(),
                    before - after,
                    figure,
                    before,
                    after,
                    budget));
        }
    }
}
