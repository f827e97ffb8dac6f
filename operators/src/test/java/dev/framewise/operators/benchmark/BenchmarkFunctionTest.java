package dev.framewise.operators.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.Fate;
import dev.framewise.schemas.InferenceSample;
import dev.framewise.schemas.PowerSource;
import dev.framewise.schemas.Telemetry;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class BenchmarkFunctionTest {
    @Test
    void aWindowHasTheFiguresOfItsFrames() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < 100; i++) {
                // 50 frames in the first second, the rest spread over the window; latencies 1 to 100 ms
                long millis = i < 50 ? i * 10 : 1_000 + (i - 50) * 100;
                sample(harness, "fp32", millis, i + 1, i % 2 == 0 ? Fate.INFERRED : Fate.PREDICTED);
            }
            telemetry(harness, 60.0, 4.0, PowerSource.MEASURED, 1_000);
            telemetry(harness, 70.0, 6.0, PowerSource.ESTIMATED, 2_000);
            telemetry(harness, null, null, PowerSource.ABSENT, 3_000);
            watermark(harness, 10_000);
            BenchmarkRow row = harness.extractOutputValues().get(0);
            assertThat(row.getFrames()).isEqualTo(100);
            assertThat(row.getInferredFrames()).isEqualTo(50);
            assertThat(row.getMeanFps()).isEqualTo(10.0);
            assertThat(row.getMaxFps()).isEqualTo(50.0);
            assertThat(row.getLatencyMinMillis()).isEqualTo(1.0);
            assertThat(row.getLatencyP50Millis()).isCloseTo(50, within(1.0));
            assertThat(row.getLatencyP95Millis()).isCloseTo(95, within(1.5));
            assertThat(row.getLatencyP99Millis()).isCloseTo(99, within(1.5));
            assertThat(row.getCelsiusMean()).isEqualTo(65.0);
            assertThat(row.getCelsiusMax()).isEqualTo(70.0);
            assertThat(row.getWattsMean()).isEqualTo(5.0);
            assertThat(row.getWattsSource()).as("the weakest source").isEqualTo(PowerSource.ESTIMATED);
            assertThat(row.getFpsPerWatt()).isEqualTo(2.0);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void withoutReadingsTheWattsAreAbsent() throws Exception {
        try (var harness = harness()) {
            harness.open();
            sample(harness, "fp32", 100, 20, Fate.INFERRED);
            watermark(harness, 10_000);
            BenchmarkRow row = harness.extractOutputValues().get(0);
            assertThat(row.getWattsSource()).isEqualTo(PowerSource.ABSENT);
            assertThat(row.getFpsPerWatt()).isNull();
            assertThat(row.getCelsiusMean()).isNull();
        }
    }

    @Test
    void aBoardThatSendsNoFramesStillHasARowWithItsHeat() throws Exception {
        try (var harness = harness()) {
            harness.open();
            telemetry(harness, 86.0, 2.7, PowerSource.MEASURED, 100);
            watermark(harness, 10_000);
            BenchmarkRow row = harness.extractOutputValues().get(0);
            assertThat(row.getModel()).isEqualTo("none");
            assertThat(row.getFrames()).isZero();
            assertThat(row.getCelsiusMax()).isEqualTo(86.0);
            assertThat(row.getWattsMean()).isEqualTo(2.7);
            assertThat(row.getLatencyP50Millis()).isNull();
            assertThat(row.getMaxFps()).isZero();
        }
    }

    @Test
    void precisionsAreKeptApart() throws Exception {
        try (var harness = harness()) {
            harness.open();
            sample(harness, "int8", 100, 10, Fate.INFERRED);
            sample(harness, "fp32", 200, 20, Fate.INFERRED);
            watermark(harness, 10_000);
            assertThat(harness.extractOutputValues())
                    .extracting(BenchmarkRow::getPrecision)
                    .containsExactly("fp32", "int8");
        }
    }

    @Test
    void aWindowSurvivesARestoreAndALateSampleChangesNothing() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.open();
            sample(harness, "fp32", 100, 10, Fate.INFERRED);
            telemetry(harness, 60.0, 4.0, PowerSource.MEASURED, 200);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            sample(harness, "fp32", 300, 30, Fate.INFERRED);
            watermark(harness, 10_000);
            sample(harness, "fp32", 400, 30, Fate.INFERRED);
            watermark(harness, 30_000);
            BenchmarkRow row = harness.extractOutputValues().get(0);
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(row.getFrames()).isEqualTo(2);
            assertThat(row.getLatencyMinMillis()).isEqualTo(10.0);
            assertThat(row.getWattsSource()).isEqualTo(PowerSource.MEASURED);
        }
    }

    @Test
    void whatAnOutageDelayedIsNoLatency() throws Exception {
        try (var harness = harness()) {
            harness.open();
            sample(harness, "fp32", 100, 10, Fate.INFERRED);
            InferenceSample backlog = sampleOf("fp32", 200, 8_000, Fate.INFERRED);
            backlog.setBacklog(true);
            harness.processElement1(new org.apache.flink.streaming.runtime.streamrecord.StreamRecord<>(backlog, 200));
            watermark(harness, 10_000);
            BenchmarkRow row = harness.extractOutputValues().get(0);
            assertThat(row.getFrames()).isEqualTo(1);
            assertThat(row.getLatencyP99Millis()).isCloseTo(10, within(0.2));
        }
    }

    private static void sample(
            KeyedTwoInputStreamOperatorTestHarness<String, InferenceSample, Telemetry, BenchmarkRow> harness,
            String precision,
            long millis,
            long latencyMillis,
            Fate fate)
            throws Exception {
        harness.processElement1(new org.apache.flink.streaming.runtime.streamrecord.StreamRecord<>(
                sampleOf(precision, millis, latencyMillis, fate), millis));
    }

    private static InferenceSample sampleOf(String precision, long millis, long latencyMillis, Fate fate) {
        return new InferenceSample(
                "pi-1",
                "door",
                1L,
                millis,
                millis * 1_000,
                fate,
                "yolox",
                precision,
                "cpu",
                1,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                latencyMillis * 1_000,
                /* backlog= */ false);
    }

    private static void telemetry(
            KeyedTwoInputStreamOperatorTestHarness<String, InferenceSample, Telemetry, BenchmarkRow> harness,
            Double celsius,
            Double watts,
            PowerSource source,
            long millis)
            throws Exception {
        harness.processElement2(new org.apache.flink.streaming.runtime.streamrecord.StreamRecord<>(
                Telemetry.newBuilder()
                        .setDevice("pi-1")
                        .setProfile("testing")
                        .setBootEpoch(1)
                        .setMeasuredAtMicros(millis * 1_000)
                        .setSocCelsius(celsius)
                        .setPowerWatts(watts)
                        .setPowerSource(source)
                        .setFpsCaptured(10)
                        .setFpsSent(10)
                        .build(),
                millis));
    }

    private static void watermark(
            KeyedTwoInputStreamOperatorTestHarness<String, InferenceSample, Telemetry, BenchmarkRow> harness,
            long millis)
            throws Exception {
        harness.processWatermark1(new Watermark(millis));
        harness.processWatermark2(new Watermark(millis));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, InferenceSample, Telemetry, BenchmarkRow> harness()
            throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new BenchmarkFunction(Duration.ofSeconds(10))),
                InferenceSample::getDevice,
                Telemetry::getDevice,
                Types.STRING);
    }
}
