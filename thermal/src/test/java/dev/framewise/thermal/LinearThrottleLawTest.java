package dev.framewise.thermal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearThrottleLawTest {
    private final ThermalLaw law = new LinearThrottleLaw(ThermalOptions.defaults());

    @ParameterizedTest
    @CsvSource({"-40, 1", "74.999, 1", "75, 1", "77.5, 0.75", "80, 0.5", "83, 0.2", "84.999, 0.2", "85, 0", "125, 0"})
    void followsThePublishedLaw(double celsius, double factor) {
        assertThat(law.frameRateFactor(celsius)).isCloseTo(factor, within(1e-9));
    }

    @Property
    void hotterIsNeverAllowedMore(
            @ForAll @DoubleRange(min = -40, max = 125) double a, @ForAll @DoubleRange(min = -40, max = 125) double b) {
        double cooler = law.frameRateFactor(Math.min(a, b));
        double hotter = law.frameRateFactor(Math.max(a, b));

        assertThat(hotter).isLessThanOrEqualTo(cooler).isBetween(0.0, 1.0);
    }

    @Test
    void optionsNameAllTheirProblemsAtOnce() {
        assertThatThrownBy(() -> new ThermalOptions(
                        90, 80, 1.5, Duration.ofSeconds(5), Duration.ofSeconds(15), -40, 125, Duration.ofSeconds(6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stopCelsius = 80.0 must be above startCelsius = 90.0")
                .hasMessageContaining("floorFactor = 1.5 must be 0.0 to 1.0")
                .hasMessageContaining("validity = PT6S");
    }
}
