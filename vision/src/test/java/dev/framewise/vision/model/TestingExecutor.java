package dev.framewise.vision.model;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A background that works when it is told to, on the test's own thread. */
final class TestingExecutor implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs all that waits, and what comes of it. */
    void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    int waiting() {
        return tasks.size();
    }
}
