package dev.framewise.operators.thermal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.Directive;
import dev.framewise.schemas.PowerSource;
import dev.framewise.schemas.Telemetry;
import dev.framewise.thermal.ThermalOptions;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeout is for a timer that asks for itself again and again: without it such a fault would hang the build. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThermalFunctionTest {
    @Test
    void asksTheLawEveryFiveSeconds() throws Exception {
        try (var harness = harness()) {
            harness.open();
            read(harness, 70.0, 1_000);
            harness.processWatermark(4_999);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processWatermark(5_000);
            read(harness, 79.0, 6_000);
            harness.processWatermark(10_000);
            assertThat(harness.extractOutputValues())
                    .extracting(
                            Directive::getDevice, Directive::getIssuedAtMicros, d -> rounded(d.getFrameRateFactor()))
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("pi-1", 5_000_000L, 1.0),
                            org.assertj.core.groups.Tuple.tuple("pi-1", 10_000_000L, 0.6));
        }
    }

    @Test
    void eightyFiveDegreesStopTheFrames() throws Exception {
        assertThat(factorAt(85.0)).isZero();
    }

    @Test
    void anUnreadableOrAbsurdReadingCountsAsHot() throws Exception {
        assertThat(factorAt(null)).isLessThan(0.5);
        assertThat(factorAt(999.0)).isLessThan(0.5);
        assertThat(factorAt(-200.0)).isLessThan(0.5);
    }

    @Test
    void aReadingThatStopsComingCountsAsHotUntilTheDeviceIsForgotten() throws Exception {
        try (var harness = harness()) {
            harness.open();
            read(harness, 50.0, 1_000);
            harness.processWatermark(5_000);
            harness.processWatermark(30_000);
            List<Directive> directives = harness.extractOutputValues();
            assertThat(directives.get(0).getFrameRateFactor()).isEqualTo(1.0);
            assertThat(directives.get(directives.size() - 1).getFrameRateFactor())
                    .isLessThan(0.5);
            harness.processWatermark(2 * ThermalFunction.FORGET.toMillis());
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void drainingTheJobDecidesNothing() throws Exception {
        try (var harness = harness()) {
            harness.open();
            read(harness, 50.0, 1_000);
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void anOlderReadingDoesNotReplaceANewerOne() throws Exception {
        try (var harness = harness()) {
            harness.open();
            read(harness, 85.0, 3_000);
            read(harness, 40.0, 2_000);
            harness.processWatermark(5_000);
            assertThat(harness.extractOutputValues().get(0).getFrameRateFactor())
                    .isZero();
        }
    }

    @Test
    void aBoardThatStartsIn1970IsNotAskedForEveryFiveSecondsSince() throws Exception {
        long today = 1_767_225_600_000L;
        try (var harness = harness()) {
            harness.open();
            read(harness, 50.0, 1_000);
            read(harness, 50.0, today);
            harness.processWatermark(today);
            harness.processWatermark(today + 5_000);
            assertThat(harness.extractOutputValues()).hasSize(2);
        }
    }

    @Test
    void aReadingFromTheFutureDoesNotOutvoteAllThatFollow() throws Exception {
        try (var harness = harness()) {
            harness.open();
            // The source lets event time be at most ten seconds ahead of the broker, whatever the device says.
            read(harness, 50.0, /* measuredAtMillis= */ 31_536_000_000L, /* eventMillis= */ 11_000);
            read(harness, 50.0, 12_000, 12_000);
            harness.processWatermark(15_000);
            assertThat(harness.extractOutputValues().get(0).getFrameRateFactor())
                    .isEqualTo(1.0);
        }
    }

    @Test
    void theDecisionInForceSurvivesARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.open();
            read(harness, 85.0, 1_000);
            harness.processWatermark(5_000);
            read(harness, null, 6_000);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processWatermark(10_000);
            assertThat(harness.extractOutputValues().get(0).getFrameRateFactor())
                    .as("a thermometer that fails at 85 degrees does not restart the board")
                    .isZero();
        }
    }

    private static double factorAt(Double celsius) throws Exception {
        try (var harness = harness()) {
            harness.open();
            read(harness, celsius, 1_000);
            harness.processWatermark(5_000);
            return harness.extractOutputValues().get(0).getFrameRateFactor();
        }
    }

    private static double rounded(double factor) {
        return Math.round(factor * 1e6) / 1e6;
    }

    private static void read(
            KeyedOneInputStreamOperatorTestHarness<String, Telemetry, Directive> harness, Double celsius, long millis)
            throws Exception {
        read(harness, celsius, millis, millis);
    }

    private static void read(
            KeyedOneInputStreamOperatorTestHarness<String, Telemetry, Directive> harness,
            Double celsius,
            long measuredAtMillis,
            long eventMillis)
            throws Exception {
        Telemetry telemetry = Telemetry.newBuilder()
                .setDevice("pi-1")
                .setProfile("testing")
                .setBootEpoch(1)
                .setMeasuredAtMicros(measuredAtMillis * 1_000)
                .setSocCelsius(celsius)
                .setPowerSource(PowerSource.ABSENT)
                .setFpsCaptured(10)
                .setFpsSent(10)
                .build();
        harness.processElement(telemetry, eventMillis);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Telemetry, Directive> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ThermalFunction(ThermalOptions.defaults())),
                Telemetry::getDevice,
                Types.STRING);
    }
}
