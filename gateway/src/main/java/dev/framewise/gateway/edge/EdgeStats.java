package dev.framewise.gateway.edge;

import java.util.Locale;

/**
 * The figures that the field prints: frames a second, as the mean over the last 30 and the highest such mean; the least latency of a
 * frame that the detector looked at; how many frames there were. Thread-safe.
 */
final class EdgeStats {
    /** Frames of one mean. */
    static final int WINDOW = 30;

    private final long[] doneNanos = new long[WINDOW];
    private long frames;
    private long looked;
    private long unreadable;
    private double maxFps = Double.NaN;
    private long minLatencyNanos = Long.MAX_VALUE;

    /** Takes a frame that was done at a time of a monotonic clock. */
    synchronized void add(EdgeFrame frame, long nowNanos) {
        doneNanos[(int) (frames % WINDOW)] = nowNanos;
        frames++;
        if (!frame.readable) {
            unreadable++;
        } else if (frame.decision.looks()) {
            looked++;
            minLatencyNanos = Math.min(minLatencyNanos, frame.latencyNanos);
        }
        if (frames >= WINDOW) {
            maxFps = Double.isNaN(maxFps) ? meanFps() : Math.max(maxFps, meanFps());
        }
    }

    /** Over the last 30 frames, or as many as there were; NaN below two. */
    synchronized double meanFps() {
        if (frames < 2) {
            return Double.NaN;
        }
        int last = (int) ((frames - 1) % WINDOW);
        int first = frames < WINDOW ? 0 : (last + 1) % WINDOW;
        long between = Math.min(frames, WINDOW) - 1;
        return between * 1e9 / Math.max(1, doneNanos[last] - doneNanos[first]);
    }

    /** The highest mean over 30 frames; NaN below 30. */
    synchronized double maxFps() {
        return maxFps;
    }

    /** Milliseconds; NaN while the detector has looked at none. */
    synchronized double minLatencyMillis() {
        return minLatencyNanos == Long.MAX_VALUE ? Double.NaN : minLatencyNanos / 1e6;
    }

    synchronized long frames() {
        return frames;
    }

    /** Frames that the detector looked at. */
    synchronized long looked() {
        return looked;
    }

    /** Frames that could not be read. */
    synchronized long unreadable() {
        return unreadable;
    }

    /** One line of it all. */
    synchronized String line() {
        return String.format(
                Locale.ROOT,
                "mean FPS (last %d) %.1f, max FPS %.1f, min latency %.1f ms, frames %d, looked at %d%s",
                WINDOW,
                meanFps(),
                maxFps(),
                minLatencyMillis(),
                frames,
                looked,
                unreadable == 0 ? "" : ", unreadable " + unreadable);
    }
}
