package dev.framewise.gateway.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often something may be restarted: so many times within so long. Not thread-safe. */
final class RestartBudget {
    private final int times;
    private final long withinNanos;
    private final Deque<Long> spent = new ArrayDeque<>();

    RestartBudget(int times, Duration within) {
        this.times = times;
        this.withinNanos = within.toNanos();
    }

    /** Spends one, if there is one left. */
    boolean spend(long nowNanos) {
        while (!spent.isEmpty() && nowNanos - spent.peek() > withinNanos) {
            spent.poll();
        }
        if (spent.size() >= times) {
            return false;
        }
        spent.add(nowNanos);
        return true;
    }
}
