package dev.framewise.benchmarks.inference;

import ai.onnxruntime.OrtException;
import dev.framewise.local.CpuTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Several sessions of one model that share a number of pictures, each on a thread of its own. */
public final class RawSessions implements AutoCloseable {
    private final List<RawSession> sessions = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * What a round gave.
     *
     * @param imagesPerSecond of wall time
     * @param cpuMillisPerImage of the whole process: runtime threads are none of Java's
     */
    public record Speed(double imagesPerSecond, double cpuMillisPerImage) {}

    /**
     * Opens them.
     *
     * @param count sessions
     * @param threadsEach threads of a run
     */
    public RawSessions(Path model, int count, int threadsEach) throws OrtException {
        this(model, count, threadsEach, /* batch= */ 1, SessionVariant.SAME);
    }

    RawSessions(Path model, int count, int threadsEach, int batch, SessionVariant variant) throws OrtException {
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            sessions.add(RawSession.open(model, threadsEach, batch, variant));
        }
    }

    /** Pictures of a run. */
    int batch() {
        return sessions.get(0).batch();
    }

    /** Runs so many pictures in all; whichever session is free takes the next. */
    public Speed run(int images) throws OrtException, InterruptedException {
        AtomicInteger left = new AtomicInteger(images);
        List<Future<?>> running = new ArrayList<>();
        long startCpuNanos = CpuTime.processNanos();
        long startNanos = System.nanoTime();
        for (RawSession session : sessions) {
            running.add(threads.submit(() -> {
                while (left.getAndAdd(-session.batch()) > 0) {
                    session.run();
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            await(each);
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return new Speed(images / seconds, (CpuTime.processNanos() - startCpuNanos) / 1e6 / images);
    }

    private static void await(Future<?> running) throws OrtException, InterruptedException {
        try {
            running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OrtException failure) {
                throw failure;
            }
            throw new IllegalStateException("a session broke off", e.getCause());
        }
    }

    @Override
    public void close() throws OrtException {
        threads.shutdownNow();
        for (RawSession session : sessions) {
            session.close();
        }
    }
}
