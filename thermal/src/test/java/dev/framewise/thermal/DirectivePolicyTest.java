package dev.framewise.thermal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.Directive;
import dev.framewise.schemas.PowerSource;
import dev.framewise.schemas.Telemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectivePolicyTest {
    private static final long NOW = 1_700_000_000_000_000L;
    private static final double FLOOR = 0.2;

    private final DirectivePolicy policy = DirectivePolicy.linear(ThermalOptions.defaults());

    @Test
    void believesAFreshReading() {
        ThrottleDecision decision = policy.decide(null, new TemperatureReading(80, NOW - 1_000_000), NOW);

        assertThat(decision.frameRateFactor()).isEqualTo(0.5);
        assertThat(decision.detectorInterval()).isEqualTo(1);
        assertThat(decision.reason()).isEqualTo("80.0 °C allows 50 % of the frames");
    }

    @Test
    void noReadingAtAllCountsAsHot() {
        assertThat(policy.decide(null, null, NOW).frameRateFactor()).isEqualTo(FLOOR);
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 0, UNREADABLE",
        "40, 15000001, STALE",
        "40, -15000001, STALE",
        "40, 15000000, BELIEVED",
        "-40.1, 0, ABSURD",
        "125.1, 0, ABSURD",
        "Infinity, 0, ABSURD",
        "-Infinity, 0, ABSURD"
    })
    void aReadingThatCannotBeBelievedCountsAsHot(double celsius, long ageMicros, ReadingCheck expected) {
        TemperatureReading reading = new TemperatureReading(celsius, NOW - ageMicros);

        assertThat(ReadingCheck.of(reading, NOW, policy.options())).isEqualTo(expected);
        assertThat(policy.decide(null, reading, NOW).frameRateFactor())
                .isEqualTo(expected == ReadingCheck.BELIEVED ? 1 : FLOOR);
    }

    @Test
    void aBoardStoppedByHeatStaysStoppedWhenItsThermometerFails() {
        ThrottleDecision stopped = policy.decide(null, new TemperatureReading(86, NOW), NOW);
        ThrottleDecision blind = policy.decide(stopped, TemperatureReading.unreadable(NOW), NOW);
        ThrottleDecision cooled = policy.decide(blind, new TemperatureReading(70, NOW), NOW);

        assertThat(stopped.frameRateFactor()).isZero();
        assertThat(blind.frameRateFactor()).isZero();
        assertThat(cooled.frameRateFactor()).isEqualTo(1);
    }

    @Test
    void tellsTheDeviceUntilWhenItHolds() {
        TemperatureReading reading = new TemperatureReading(80, NOW);
        Directive directive = policy.directive("board-1", policy.decide(null, reading, NOW), reading, NOW);

        assertThat(directive.getDevice()).isEqualTo("board-1");
        assertThat(directive.getIssuedAtMicros()).isEqualTo(NOW);
        assertThat(directive.getValidUntilMicros()).isEqualTo(NOW + 30_000_000L);
        assertThat(directive.getFrameRateFactor()).isEqualTo(0.5);
        assertThat(directive.getCelsius()).isEqualTo(80.0);
        assertThat(policy.directive("board-1", policy.decide(null, null, NOW), null, NOW)
                        .getCelsius())
                .isNull();
    }

    @Test
    void aTelemetryRecordWithoutTemperatureIsUnreadable() {
        Telemetry telemetry = Telemetry.newBuilder()
                .setDevice("board-1")
                .setProfile("simulated-pi5")
                .setBootEpoch(NOW)
                .setMeasuredAtMicros(NOW)
                .setPowerSource(PowerSource.ABSENT)
                .setFpsCaptured(0)
                .setFpsSent(0)
                .build();

        assertThat(TemperatureReading.of(telemetry).celsius()).isNaN();
        telemetry.setSocCelsius(61.5);
        assertThat(TemperatureReading.of(telemetry)).isEqualTo(new TemperatureReading(61.5, NOW));
    }
}
