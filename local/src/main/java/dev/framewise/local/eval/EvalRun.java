package dev.framewise.local.eval;

import dev.framewise.vision.eval.MotRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What one run over a clip gave, before it is scored.
 *
 * @param model name of the model
 * @param frames number of frames of the clip
 * @param tracksByPhase what the tracker showed in every frame, for each phase of the key frames
 * @param detections every detection before tracking, of all key frames of all phases; empty where the run does not show them
 * @param looked frames, from 1, that the detector looked at in some phase
 * @param callsByPhase how often it looked, for each phase
 * @param reasonsByPhase how often each reason decided about a frame, for each phase
 * @param overBudgetByPhase calls beyond the share of the frames so far that was allowed, where that was most, for each phase
 * @param frameSeconds time from frame to frame, seconds
 * @param cpuMillisPerFrame CPU time by stage over all frames, key frames or not, mean over the phases
 * @param bridgeMillis CPU time of a skipped frame by stage, mean over the phases; empty where none was skipped
 */
record EvalRun(
        String model,
        int frames,
        SortedMap<Integer, List<MotRow>> tracksByPhase,
        Optional<List<MotRow>> detections,
        SortedSet<Integer> looked,
        SortedMap<Integer, Integer> callsByPhase,
        SortedMap<Integer, Map<String, Integer>> reasonsByPhase,
        SortedMap<Integer, Double> overBudgetByPhase,
        double frameSeconds,
        Map<String, Double> cpuMillisPerFrame,
        Map<String, Double> bridgeMillis) {
    /** Calls of the detector, mean over the phases. */
    double meanCalls() {
        return callsByPhase.values().stream()
                .mapToInt(Integer::intValue)
                .average()
                .orElse(0);
    }

    /** Calls beyond the budget, in the phase with the most. */
    double mostOverBudget() {
        return overBudgetByPhase.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }
}
