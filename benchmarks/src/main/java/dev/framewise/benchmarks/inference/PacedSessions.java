package dev.framewise.benchmarks.inference;

import ai.onnxruntime.OrtException;
import dev.framewise.benchmarks.Figure;
import dev.framewise.local.CpuTime;
import dev.framewise.local.report.Percentiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Runs of one picture with pauses between them, as behind a camera: a core that was idle is slower, and threads that sleep must be
 * woken. One session of one thread, and one of two for each way of waiting, in turns of ten.
 */
final class PacedSessions implements AutoCloseable {
    private static final String BASE = "a session of 1 thread, pauses as well";
    private static final String ONE = "inference.paced.1_thread";
    private static final int TURN = 10;
    private static final int LEAST_PAUSE_MILLIS = 30;
    private static final int MOST_PAUSE_MILLIS = 50;

    private final Map<String, RawSession> sessions = new LinkedHashMap<>();

    PacedSessions(Path model) throws OrtException {
        sessions.put(ONE, RawSession.open(model, /* threads= */ 1));
        for (HelpingThreads wait : HelpingThreads.values()) {
            sessions.put(
                    "inference.paced.2_threads." + wait.id(),
                    RawSession.open(model, /* threads= */ 2, /* batch= */ 1, wait));
        }
    }

    /** Runs so many turns of ten of each session; the first run of a turn counts for none. */
    List<Figure> run(int turns) throws OrtException, InterruptedException {
        SplittableRandom random = new SplittableRandom(/* seed= */ 5);
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        Map<String, Long> cpuNanos = new LinkedHashMap<>();
        for (int turn = 0; turn < turns; turn++) {
            for (Map.Entry<String, RawSession> each : sessions.entrySet()) {
                each.getValue().run();
                for (int i = 0; i < TURN; i++) {
                    Thread.sleep(random.nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS));
                    long cpuBefore = CpuTime.processNanos();
                    long before = System.nanoTime();
                    each.getValue().run();
                    millis.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                            .add((System.nanoTime() - before) / 1e6);
                    cpuNanos.merge(each.getKey(), CpuTime.processNanos() - cpuBefore, Long::sum);
                }
            }
        }
        Percentiles base = percentiles(millis.get(ONE));
        List<Figure> figures = new ArrayList<>();
        millis.forEach((name, all) -> {
            Percentiles own = percentiles(all);
            figures.add(Figure.of(name + ".p50Millis", own.p50(), "ms").against(BASE, base.p50()));
            figures.add(Figure.of(name + ".p99Millis", own.p99(), "ms").against(BASE, base.p99()));
            figures.add(Figure.of(name + ".cpuMillisPerImage", cpuNanos.get(name) / 1e6 / all.size(), "CPU ms")
                    .against(BASE, cpuNanos.get(ONE) / 1e6 / all.size()));
        });
        return figures;
    }

    private static Percentiles percentiles(List<Double> values) {
        return Percentiles.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public void close() throws OrtException {
        for (RawSession session : sessions.values()) {
            session.close();
        }
    }
}
