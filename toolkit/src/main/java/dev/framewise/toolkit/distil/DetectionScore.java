package dev.framewise.toolkit.distil;

import dev.framewise.vision.detect.Detections;
import dev.framewise.vision.detect.Detector;
import dev.framewise.vision.detect.DetectorOptions;
import dev.framewise.vision.detect.FrameTimings;
import dev.framewise.vision.detect.ModelException;
import dev.framewise.vision.eval.AveragePrecision;
import dev.framewise.vision.eval.MotFormat;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.track.Iou;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How good a detector is on annotated frames of a clip.
 *
 * @param ap50 average precision at an overlap of 0.5, 0 to 1
 * @param ap50To95 its mean over overlaps of 0.5 to 0.95
 * @param recall share of the annotated boxes that are found at a score of {@link #RECALL_SCORE}, 0 to 1
 * @param precision share of the detections at that score that are right, 0 to 1
 * @param cpuMillis of the network on one frame, one thread: the mean, without the first ten frames
 * @param frames scored
 */
record DetectionScore(double ap50, double ap50To95, double recall, double precision, double cpuMillis, int frames) {
    static final float RECALL_SCORE = 0.3f;

    private static final float LEAST_SCORE = 0.01f;
    private static final double OVERLAP = 0.5;
    private static final int WARM_UP = 10;

    /**
     * Scores a model.
     *
     * @param className the class that is annotated, by the model's name of it
     * @throws ModelException if the model does not know the class
     */
    static DetectionScore of(Path model, DetectorTest test, String className) throws IOException, ModelException {
        int first = test.first();
        int last = test.last();
        List<MotRow> annotations = MotFormat.readTracks(test.truth()).stream()
                .filter(row -> row.frame() >= first && row.frame() <= last)
                .toList();
        List<MotRow> found = new ArrayList<>();
        long cpuNanos = 0;
        int frames = 0;
        DetectorOptions options =
                DetectorOptions.builder().scoreThreshold(LEAST_SCORE).build();
        Detections seen = new Detections();
        FrameTimings timings = new FrameTimings();
        try (ClipReader reader = ClipReader.open(test.clip());
                Detector detector = Detector.open(model, options)) {
            int wanted = detector.info().classNames().indexOf(className);
            if (wanted < 0) {
                throw new ModelException(model + ": knows no class " + className);
            }
            while (reader.advance() && reader.index() < last) {
                int frame = (int) reader.index() + 1;
                if (frame >= first) {
                    detector.load(0, reader.image(), timings);
                    detector.run(1);
                    detector.detections(0, seen, timings);
                    cpuNanos += frames >= WARM_UP ? detector.lastRunCpuNanos() : 0;
                    frames++;
                    collect(seen, frame, wanted, found);
                }
            }
        }
        List<MotRow> sure =
                found.stream().filter(row -> row.confidence() >= RECALL_SCORE).toList();
        int hits = hits(annotations, sure);
        long wantedBoxes = annotations.stream().filter(DetectionScore::counts).count();
        return new DetectionScore(
                AveragePrecision.ap50(annotations, found),
                AveragePrecision.ap50To95(annotations, found),
                hits / (double) Math.max(1, wantedBoxes),
                hits / (double) Math.max(1, sure.size()),
                cpuNanos / 1e6 / Math.max(1, frames - WARM_UP),
                frames);
    }

    private static void collect(Detections seen, int frame, int wanted, List<MotRow> into) {
        for (int i = 0; i < seen.size(); i++) {
            if (seen.classId(i) == wanted) {
                into.add(new MotRow(
                        frame,
                        /* id= */ -1,
                        seen.x1(i),
                        seen.y1(i),
                        seen.x2(i) - seen.x1(i),
                        seen.y2(i) - seen.y1(i),
                        seen.score(i),
                        wanted));
            }
        }
    }

    /** Annotated boxes that a detection takes, each at most one, the best score first. */
    private static int hits(List<MotRow> annotations, List<MotRow> detections) {
        List<MotRow> ranked = new ArrayList<>(detections);
        ranked.sort(Comparator.comparingDouble(MotRow::confidence).reversed());
        boolean[] taken = new boolean[annotations.size()];
        int hits = 0;
        for (MotRow detection : ranked) {
            int best = -1;
            double bestIou = OVERLAP;
            for (int i = 0; i < taken.length; i++) {
                MotRow truth = annotations.get(i);
                if (!taken[i] && counts(truth) && truth.frame() == detection.frame()) {
                    double iou = Iou.ofXyxy(
                            truth.x(),
                            truth.y(),
                            truth.right(),
                            truth.bottom(),
                            detection.x(),
                            detection.y(),
                            detection.right(),
                            detection.bottom());
                    if (iou >= bestIou) {
                        best = i;
                        bestIou = iou;
                    }
                }
            }
            if (best >= 0) {
                taken[best] = true;
                hits++;
            }
        }
        return hits;
    }

    private static boolean counts(MotRow annotation) {
        return (int) annotation.confidence() != 0;
    }
}
