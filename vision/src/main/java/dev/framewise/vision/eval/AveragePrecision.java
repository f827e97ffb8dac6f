package dev.framewise.vision.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Average precision of one class: detections of all frames, best score first, each take the annotated box they overlap
 * most, once; the figure is the area under precision over recall, precision made monotone from the right. That is the exact
 * area (PASCAL VOC from 2010 on); COCO's mean over 101 recalls estimates the same area and comes out up to 0.005 lower.
 *
 * <p>Annotations whose flag is 0 are neither to be found nor false: a detection that fits one, and no counted one, is left
 * out, like COCO's ignored regions.
 */
public final class AveragePrecision {
    private enum Verdict {
        TRUE,
        FALSE,
        LEFT_OUT
    }

    private AveragePrecision() {}

    /** AP50, 0 to 1: at an overlap of 0.5. 0 where nothing is annotated. */
    public static double ap50(List<MotRow> annotations, List<MotRow> detections) {
        return at(annotations, detections, /* minIou= */ 0.5);
    }

    /** AP50-95, 0 to 1: the mean over overlaps of 0.5, 0.55 ... 0.95. */
    public static double ap50To95(List<MotRow> annotations, List<MotRow> detections) {
        double sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += at(annotations, detections, (50 + 5 * i) / 100.0);
        }
        return sum / 10;
    }

    /**
     * AP at one overlap, 0 to 1.
     *
     * @param minIou least overlap of a true detection, above 0
     */
    public static double at(List<MotRow> annotations, List<MotRow> detections, double minIou) {
        Map<Integer, List<MotRow>> truth = new HashMap<>();
        int toBeFound = 0;
        for (MotRow row : annotations) {
            truth.computeIfAbsent(row.frame(), frame -> new ArrayList<>()).add(row);
            toBeFound += counts(row) ? 1 : 0;
        }
        if (toBeFound == 0) {
            return 0;
        }
        Map<Integer, boolean[]> taken = new HashMap<>();
        truth.forEach((frame, rows) -> taken.put(frame, new boolean[rows.size()]));
        List<MotRow> ranked = new ArrayList<>(detections);
        ranked.sort(Comparator.comparingDouble(MotRow::confidence).reversed());
        double[] precision = new double[ranked.size()];
        double[] recall = new double[ranked.size()];
        int size = 0;
        int found = 0;
        for (MotRow detection : ranked) {
            List<MotRow> rows = truth.getOrDefault(detection.frame(), List.of());
            Verdict verdict = judge(detection, rows, taken.get(detection.frame()), minIou);
            if (verdict != Verdict.LEFT_OUT) {
                found += verdict == Verdict.TRUE ? 1 : 0;
                precision[size] = found / (size + 1.0);
                recall[size] = found / (double) toBeFound;
                size++;
            }
        }
        return area(precision, recall, size);
    }

    private static Verdict judge(MotRow detection, List<MotRow> truth, boolean[] taken, double minIou) {
        int best = -1;
        double bestIou = minIou - Matching.EPSILON;
        boolean fitsIgnored = false;
        for (int i = 0; i < truth.size(); i++) {
            double iou = Sequence.iou(truth.get(i), detection);
            if (!counts(truth.get(i))) {
                fitsIgnored |= iou >= minIou;
            } else if (!taken[i] && iou > bestIou) {
                best = i;
                bestIou = iou;
            }
        }
        if (best < 0) {
            return fitsIgnored ? Verdict.LEFT_OUT : Verdict.FALSE;
        }
        taken[best] = true;
        return Verdict.TRUE;
    }

    private static double area(double[] precision, double[] recall, int size) {
        for (int i = size - 2; i >= 0; i--) {
            precision[i] = Math.max(precision[i], precision[i + 1]);
        }
        double area = 0;
        for (int i = 0; i < size; i++) {
            area += (recall[i] - (i == 0 ? 0 : recall[i - 1])) * precision[i];
        }
        return area;
    }

    private static boolean counts(MotRow annotation) {
        return (int) annotation.confidence() != 0;
    }
}
