package dev.framewise.operators.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class LiveWatermarksTest {
    private final ManualClock clock = new ManualClock(/* currentTimeNanos= */ 77);
    private final TestingOutput output = new TestingOutput();
    private final LiveWatermarks<String> watermarks =
            new LiveWatermarks<>(Duration.ofSeconds(1), Duration.ofSeconds(5), clock);

    @Test
    void followTheLatestRecordWithinTheOutOfOrderness() {
        watermarks.onEvent("a", 20_000, output);
        watermarks.onEvent("b", 19_500, output);
        watermarks.onPeriodicEmit(output);
        assertThat(output.said).containsExactly("18999");
    }

    @Test
    void goOnWithTheClockWhenRecordsStop() {
        watermarks.onEvent("a", 20_000, output);
        advance(Duration.ofSeconds(5));
        advance(Duration.ofSeconds(10));
        watermarks.onEvent("b", 36_000, output);
        watermarks.onPeriodicEmit(output);
        assertThat(output.said).containsExactly("18999", "28999", "34999");
    }

    @Test
    void aPartitionThatNeverHadARecordIsIdleAfterAWhile() {
        advance(Duration.ofSeconds(4));
        advance(Duration.ofSeconds(1));
        assertThat(output.said).containsExactly("idle");
    }

    private void advance(Duration time) {
        clock.advanceTime(time);
        watermarks.onPeriodicEmit(output);
    }

    private static final class TestingOutput implements WatermarkOutput {
        final List<String> said = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            said.add(Long.toString(watermark.getTimestamp()));
        }

        @Override
        public void markIdle() {
            said.add("idle");
        }

        @Override
        public void markActive() {
            said.add("active");
        }
    }
}
