package dev.framewise.operators.source;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * No watermarks, and no waiting for any: for a stream that says what to do and not what happened. Joined with another stream,
 * that one alone moves event time.
 */
public final class AlwaysIdle<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T record, long timestampMillis, WatermarkOutput output) {
        output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.markIdle();
    }
}
