package dev.framewise.benchmarks.pipeline;

import com.sun.management.ThreadMXBean;
import dev.framewise.local.CpuTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * CPU time of this process by {@link CpuGroup}, read once a second, so that it can be asked afterwards what was used
 * between two moments. More often would cost the pipeline a percent of its speed. Readings are made on a thread of its own; ask after {@link #close}.
 */
public final class CpuTimeline implements AutoCloseable {
    static final String THREAD = "cpu-timeline";

    private static final long INTERVAL_MILLIS = 1_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ScheduledExecutorService reader =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, THREAD));
    private final Map<Long, Long> nanosByThread = new HashMap<>();
    private final EnumMap<CpuGroup, Long> nanosByGroup = new EnumMap<>(CpuGroup.class);
    private final NavigableMap<Long, EnumMap<CpuGroup, Long>> readings = new TreeMap<>();

    @SuppressWarnings("FutureReturnValueIgnored") // closing the reader ends it
    public CpuTimeline() {
        for (CpuGroup group : CpuGroup.values()) {
            nanosByGroup.put(group, 0L);
        }
        read();
        reader.scheduleAtFixedRate(this::read, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void read() {
        long[] ids = THREADS.getAllThreadIds();
        ThreadInfo[] infos = THREADS.getThreadInfo(ids);
        long[] nanos = THREADS.getThreadCpuTime(ids);
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && nanos[i] >= 0) {
                book(ids[i], infos[i].getThreadName(), nanos[i]);
            }
        }
        // Java numbers its threads from 1; what the system numbers is kept apart by its sign.
        CompilerThreads.nanos().forEach((id, used) -> book(-id, CompilerThreads.NAME, used));
        EnumMap<CpuGroup, Long> reading = new EnumMap<>(nanosByGroup);
        // Here the group stands for the whole process; the others are taken off when it is asked for.
        reading.put(CpuGroup.JVM, CpuTime.processNanos());
        readings.put(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), reading);
    }

    private void book(long id, String name, long nanos) {
        Long before = nanosByThread.put(id, nanos);
        if (before == null && readings.isEmpty()) {
            return;
        }
        // A thread that was not there at the last reading has used all of its time since then.
        nanosByGroup.merge(CpuGroup.of(name), nanos - (before == null ? 0 : before), Long::sum);
    }

    /**
     * CPU milliseconds used by each group between two moments, microseconds since 1970; read off the straight line between the
     * readings around each moment.
     *
     * @throws IllegalArgumentException if the timeline does not reach over both
     */
    public Map<CpuGroup, Double> between(long fromMicros, long toMicros) {
        Map<CpuGroup, Double> millis = new EnumMap<>(CpuGroup.class);
        double threads = 0;
        for (CpuGroup group : CpuGroup.values()) {
            double used = (at(toMicros, group) - at(fromMicros, group)) / 1e6;
            if (group == CpuGroup.JVM) {
                used -= threads;
            }
            threads += used;
            millis.put(group, used);
        }
        return millis;
    }

    private double at(long micros, CpuGroup group) {
        var before = readings.floorEntry(micros);
        var behind = readings.ceilingEntry(micros);
        if (before == null || behind == null) {
            throw new IllegalArgumentException(micros + " is outside the readings");
        }
        double from = before.getValue().get(group);
        double to = behind.getValue().get(group);
        long span = behind.getKey() - before.getKey();
        return span == 0 ? from : from + (to - from) * (micros - before.getKey()) / span;
    }

    /** Reads once more and stops. */
    @Override
    public void close() {
        reader.shutdown();
        boolean interrupted = false;
        try {
            if (!reader.awaitTermination(1, TimeUnit.SECONDS)) {
                reader.shutdownNow();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        read();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
