package dev.framewise.local.eval;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;

/** CPU time of the calling thread, added up by stage. One thread only. */
final class StageClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<String, Long> nanosByStage = new LinkedHashMap<>();
    private long lapStartNanos;

    /** Begins to count. */
    void start() {
        lapStartNanos = THREADS.getCurrentThreadCpuTime();
    }

    /** Books what was used since the last {@link #start} or {@code lap}. */
    void lap(String stage) {
        long now = THREADS.getCurrentThreadCpuTime();
        add(stage, now - lapStartNanos);
        lapStartNanos = now;
    }

    /** Books what somebody else has measured. */
    void add(String stage, long nanos) {
        nanosByStage.merge(stage, nanos, Long::sum);
    }

    /** Milliseconds per frame, stages in the order they were first booked. */
    Map<String, Double> millisPer(long frames) {
        Map<String, Double> millis = new LinkedHashMap<>();
        nanosByStage.forEach((stage, nanos) -> millis.put(stage, nanos / 1e6 / Math.max(1, frames)));
        return millis;
    }
}
