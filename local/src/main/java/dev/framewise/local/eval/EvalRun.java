package dev.framewise.local.eval;

import dev.framewise.vision.eval.MotRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one run over a clip gave, before it is scored.
 *
 * @param model name of the model
 * @param frames number of frames of the clip
 * @param tracksByPhase what the tracker showed in every frame, for each phase of the key frames
 * @param detections every detection before tracking, of all key frames of all phases; empty where the run does not show them
 * @param cpuMillisPerFrame CPU time by stage over all frames, key frames or not, mean over the phases
 */
record EvalRun(
        String model,
        int frames,
        SortedMap<Integer, List<MotRow>> tracksByPhase,
        Optional<List<MotRow>> detections,
        Map<String, Double> cpuMillisPerFrame) {}
