package dev.framewise.benchmarks.pipeline;

import dev.framewise.schemas.InferenceSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a run over a backlog in which every camera was being worked on and had warmed up: from the moment the last camera
 * has its first tenth behind it, to the moment the first camera is done.
 *
 * @param fromMicros beginning, microseconds since 1970
 * @param toMicros end
 * @param samples of frames that were finished within it
 */
record SampleWindow(long fromMicros, long toMicros, List<InferenceSample> samples) {
    private static final int WARM_UP_SHARE = 10;

    /** @throws IllegalArgumentException if no such part exists: the run was too short, or the cameras did not run side by side */
    static SampleWindow of(List<InferenceSample> samples) {
        Map<String, List<Long>> byCamera = new HashMap<>();
        for (InferenceSample sample : samples) {
            byCamera.computeIfAbsent(sample.getCamera(), camera -> new ArrayList<>())
                    .add(finishedMicros(sample));
        }
        long from = Long.MIN_VALUE;
        long to = Long.MAX_VALUE;
        for (List<Long> finished : byCamera.values()) {
            finished.sort(null);
            from = Math.max(from, finished.get(finished.size() / WARM_UP_SHARE));
            to = Math.min(to, finished.get(finished.size() - 1));
        }
        long begin = from;
        long end = to;
        List<InferenceSample> within = samples.stream()
                .filter(sample -> finishedMicros(sample) > begin && finishedMicros(sample) <= end)
                .toList();
        if (within.isEmpty()) {
            throw new IllegalArgumentException("no time in which all of " + byCamera.keySet() + " were at work");
        }
        return new SampleWindow(from, to, within);
    }

    private static long finishedMicros(InferenceSample sample) {
        return sample.getCapturedAtMicros() + sample.getLatencyMicros();
    }

    /** Frames of all cameras a second. */
    double framesPerSecond() {
        return samples.size() * 1e6 / (toMicros - fromMicros);
    }
}
