package dev.framewise.vision.eval;

import dev.framewise.vision.track.Iou;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Annotations and tracks of one sequence side by side, ready to be scored: per frame the identities on both sides,
 * renumbered from 0, and how much their boxes overlap.
 *
 * <p>Prepared as TrackEval's MotChallenge2DBox does for MOT15: annotations whose flag is 0 are left out, and a track on such
 * an object is a false positive; there are no classes and no distractors.
 */
public final class Sequence {
    /** One frame. {@code similarity[t][r]} is the IoU of {@code truth[t]} and {@code result[r]}. */
    record Frame(int[] truth, int[] result, double[][] similarity) {}

    private final Frame[] frames;
    private final int[] truthBoxes;
    private final int[] resultBoxes;

    private Sequence(Frame[] frames, int truthIds, int resultIds) {
        this.frames = frames;
        truthBoxes = new int[truthIds];
        resultBoxes = new int[resultIds];
        for (Frame frame : frames) {
            for (int id : frame.truth) {
                truthBoxes[id]++;
            }
            for (int id : frame.result) {
                resultBoxes[id]++;
            }
        }
    }

    /**
     * Pairs annotations with tracks.
     *
     * @param frames number of frames of the sequence
     * @throws MotFormatException if a frame lies outside 1 to {@code frames} or holds an id twice
     */
    public static Sequence of(List<MotRow> annotations, List<MotRow> tracks, int frames) {
        List<MotRow> counted =
                annotations.stream().filter(row -> (int) row.confidence() != 0).toList();
        MotRow[][] truth = byFrame(counted, frames, "annotations");
        MotRow[][] result = byFrame(tracks, frames, "tracks");
        Map<Integer, Integer> truthIds = new HashMap<>();
        Map<Integer, Integer> resultIds = new HashMap<>();
        Frame[] paired = new Frame[frames];
        for (int f = 0; f < frames; f++) {
            paired[f] = new Frame(
                    renumber(truth[f], truthIds), renumber(result[f], resultIds), similarity(truth[f], result[f]));
        }
        return new Sequence(paired, truthIds.size(), resultIds.size());
    }

    Frame[] frames() {
        return frames;
    }

    /** How many boxes each annotated identity has. */
    int[] truthBoxes() {
        return truthBoxes;
    }

    /** How many boxes each track has. */
    int[] resultBoxes() {
        return resultBoxes;
    }

    private static MotRow[][] byFrame(List<MotRow> rows, int frames, String what) {
        Map<Integer, List<MotRow>> grouped = new HashMap<>();
        Set<Long> seen = new HashSet<>();
        for (MotRow row : rows) {
            if (row.frame() > frames) {
                throw new MotFormatException(what + " name frame " + row.frame() + " of a sequence of " + frames);
            }
            if (!seen.add(((long) row.frame() << 32) ^ (row.id() & 0xffffffffL))) {
                throw new MotFormatException(what + " hold id " + row.id() + " twice in frame " + row.frame());
            }
            grouped.computeIfAbsent(row.frame(), frame -> new ArrayList<>()).add(row);
        }
        MotRow[][] result = new MotRow[frames][];
        for (int f = 0; f < frames; f++) {
            result[f] = grouped.getOrDefault(f + 1, List.of()).toArray(new MotRow[0]);
        }
        return result;
    }

    private static int[] renumber(MotRow[] rows, Map<Integer, Integer> ids) {
        int[] numbers = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            numbers[i] = ids.computeIfAbsent(rows[i].id(), id -> ids.size());
        }
        return numbers;
    }

    private static double[][] similarity(MotRow[] truth, MotRow[] result) {
        double[][] similarity = new double[truth.length][result.length];
        for (int t = 0; t < truth.length; t++) {
            for (int r = 0; r < result.length; r++) {
                similarity[t][r] = iou(truth[t], result[r]);
            }
        }
        return similarity;
    }

    static double iou(MotRow a, MotRow b) {
        return Iou.ofXyxy(a.x(), a.y(), a.right(), a.bottom(), b.x(), b.y(), b.right(), b.bottom());
    }
}
