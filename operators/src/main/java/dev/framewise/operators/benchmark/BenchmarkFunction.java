package dev.framewise.operators.benchmark;

import dev.framewise.operators.metric.OperatorCounter;
import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.Telemetry;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gathers samples and telemetry of each device into tumbling windows of event time and writes their rows when the watermark
 * has passed. What is late for its window is counted in the metric {@code late} and left out: a figure that changes after it
 * was read is worth less than one that lacks a frame. So are samples of a camera's backlog, counted in {@code backlogSamples}: their
 * latency is that of an outage.
 */
public final class BenchmarkFunction extends KeyedCoProcessFunction<String, InferenceSample, Telemetry, BenchmarkRow> {
    private static final long serialVersionUID = 1L;

    private final long windowMillis;
    private final int windowSeconds;
    private transient MapState<Long, DeviceWindow> windows;
    private transient Counter late;
    private transient Counter backlog;

    /**
     * @param window length, event time, at least 1 s
     */
    public BenchmarkFunction(Duration window) {
        this.windowMillis = window.toMillis();
        this.windowSeconds = Math.toIntExact((windowMillis + 999) / 1_000);
    }

    @Override
    public void open(OpenContext context) {
        windows = getRuntimeContext()
                .getMapState(
                        new MapStateDescriptor<>("windows", LongSerializer.INSTANCE, DeviceWindowSerializer.INSTANCE));
        late = OperatorCounter.LATE.in(getRuntimeContext().getMetricGroup());
        backlog = OperatorCounter.BACKLOG_SAMPLES.in(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement1(InferenceSample sample, Context context, Collector<BenchmarkRow> out) throws Exception {
        if (sample.getBacklog()) {
            backlog.inc();
            return;
        }
        long time = context.timestamp();
        long start = start(time);
        DeviceWindow window = window(start, context.timerService());
        if (window != null) {
            window.add(sample, (int) ((time - start) / 1_000), windowSeconds);
            windows.put(start, window);
        }
    }

    @Override
    public void processElement2(Telemetry telemetry, Context context, Collector<BenchmarkRow> out) throws Exception {
        long start = start(context.timestamp());
        DeviceWindow window = window(start, context.timerService());
        if (window != null) {
            window.add(telemetry);
            windows.put(start, window);
        }
    }

    private long start(long timestamp) {
        return Math.floorDiv(timestamp, windowMillis) * windowMillis;
    }

    /** The window that starts there, new if need be; null where it was written already. */
    private DeviceWindow window(long start, TimerService timers) throws Exception {
        long lastMillis = start + windowMillis - 1;
        if (lastMillis <= timers.currentWatermark()) {
            late.inc();
            return null;
        }
        DeviceWindow window = windows.get(start);
        if (window == null) {
            window = new DeviceWindow();
            timers.registerEventTimeTimer(lastMillis);
        }
        return window;
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<BenchmarkRow> out) throws Exception {
        long start = start(timestamp);
        DeviceWindow window = windows.get(start);
        windows.remove(start);
        window.rows(context.getCurrentKey(), start * 1_000, (start + windowMillis) * 1_000)
                .forEach(out::collect);
    }
}
