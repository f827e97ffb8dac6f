package dev.framewise.local.eval;

import dev.framewise.vision.eval.AveragePrecision;
import dev.framewise.vision.eval.MotRow;
import dev.framewise.vision.eval.SequenceScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How good a run was.
 *
 * @param byPhase TrackEval's figures for each phase, ratios times 100
 * @param mean the same, mean over the phases
 * @param ap50 average precision of the detections on the frames that were looked at, times 100; empty where they are
 *     not known
 */
record EvalScores(SortedMap<Integer, Map<String, Double>> byPhase, Map<String, Double> mean, OptionalDouble ap50) {
    static EvalScores of(EvalRun run, List<MotRow> annotations) {
        SortedMap<Integer, Map<String, Double>> byPhase = new TreeMap<>();
        run.tracksByPhase()
                .forEach((phase, rows) -> byPhase.put(
                        phase,
                        SequenceScores.of(annotations, rows, run.frames()).table()));
        Map<String, Double> mean = new LinkedHashMap<>();
        for (Map<String, Double> scores : byPhase.values()) {
            scores.forEach((name, value) -> mean.merge(name, value / byPhase.size(), Double::sum));
        }
        List<MotRow> looked = annotations.stream()
                .filter(row -> run.looked().contains(row.frame()))
                .toList();
        OptionalDouble ap50 = run.detections()
                .map(rows -> OptionalDouble.of(100 * AveragePrecision.ap50(looked, rows)))
                .orElse(OptionalDouble.empty());
        return new EvalScores(byPhase, mean, ap50);
    }
}
