package dev.framewise.local;

import dev.framewise.schemas.InferenceSample;
import java.util.LinkedHashMap;
import java.util.Map;

/** Mean cost of a tracked frame, CPU time of the task that sees it, by stage. Not thread-safe. */
public final class StageCosts {
    private final Map<String, Long> microsByStage = new LinkedHashMap<>();
    private long frames;

    /** Takes in the cost of one frame. */
    public void accept(InferenceSample sample) {
        frames++;
        add("decode", sample.getDecodeMicros());
        add("letterbox", sample.getLetterboxMicros());
        add("inference", sample.getInferenceMicros());
        add("postprocess", sample.getPostprocessMicros());
        add("track", sample.getTrackMicros());
    }

    /** Milliseconds per tracked frame, stages in the order of the pipeline; empty before the first frame. */
    public Map<String, Double> millisPerFrame() {
        Map<String, Double> millis = new LinkedHashMap<>();
        microsByStage.forEach((stage, micros) -> millis.put(stage, micros / 1e3 / frames));
        return millis;
    }

    private void add(String stage, long micros) {
        microsByStage.merge(stage, micros, Long::sum);
    }
}
