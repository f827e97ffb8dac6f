package dev.framewise.operators.source;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks of one Kafka partition of a live stream: bounded out-of-orderness, and event time that goes on when records stop
 * coming. After {@code idleness} without one it advances as fast as the clock: whatever is captured then, is captured later.
 *
 * <p>So a fleet that falls silent as a whole still has its tracks ended and its windows written. Flink's own idleness would
 * stop event time there, and even swallow the last watermark of a drained job. A partition that has never had a record is
 * marked idle. The clock is one that stands still while the input is blocked, so that backpressure is not taken for silence.
 * Used by the source's thread.
 */
public final class LiveWatermarks<T> implements WatermarkGenerator<T> {
    private final long outOfOrdernessMillis;
    private final long idlenessNanos;
    private final RelativeClock clock;
    private long latestMillis = Long.MIN_VALUE;
    private long lastRecordNanos;

    /**
     * @param outOfOrderness how far records of the partition may be out of order
     * @param idleness silence after which event time goes on by itself
     * @param clock stands still while the input is blocked
     */
    public LiveWatermarks(Duration outOfOrderness, Duration idleness, RelativeClock clock) {
        this.outOfOrdernessMillis = outOfOrderness.toMillis();
        this.idlenessNanos = idleness.toNanos();
        this.clock = clock;
        this.lastRecordNanos = clock.relativeTimeNanos();
    }

    @Override
    public void onEvent(T record, long timestampMillis, WatermarkOutput output) {
        latestMillis = Math.max(latestMillis, timestampMillis);
        lastRecordNanos = clock.relativeTimeNanos();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long silentNanos = clock.relativeTimeNanos() - lastRecordNanos - idlenessNanos;
        if (latestMillis != Long.MIN_VALUE) {
            long goneOnMillis = Math.max(0, silentNanos) / 1_000_000;
            output.emitWatermark(new Watermark(latestMillis + goneOnMillis - outOfOrdernessMillis - 1));
        } else if (silentNanos >= 0) {
            output.markIdle();
        }
    }
}
