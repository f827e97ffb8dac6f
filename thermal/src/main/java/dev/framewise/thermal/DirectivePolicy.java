package dev.framewise.thermal;

import dev.framewise.schemas.Directive;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Decides what a board may do from its last reading. A pure function of its arguments: the caller keeps the previous
 * decision and the last reading (in keyed state, or in a field) and asks every {@link ThermalOptions#checkInterval()}.
 */
public final class DirectivePolicy {
    private final ThermalLaw law;
    private final ThermalOptions options;

    public DirectivePolicy(ThermalLaw law, ThermalOptions options) {
        this.law = law;
        this.options = options;
    }

    /** The linear law with the given options. */
    public static DirectivePolicy linear(ThermalOptions options) {
        return new DirectivePolicy(new LinearThrottleLaw(options), options);
    }

    /** The options in use. */
    public ThermalOptions options() {
        return options;
    }

    /**
     * Decides.
     *
     * @param previous the decision in force; null where there is none. While the temperature is unknown nothing is allowed
     *     that the previous decision forbade: a thermometer that fails at 86 °C does not restart the board.
     * @param last the last reading; null where none was ever taken
     * @param nowMicros now on the clock that stamps the readings, microseconds since 1970
     */
    public ThrottleDecision decide(ThrottleDecision previous, TemperatureReading last, long nowMicros) {
        ReadingCheck check = ReadingCheck.of(last, nowMicros, options);
        if (check == ReadingCheck.BELIEVED) {
            double factor = law.frameRateFactor(last.celsius());
            return new ThrottleDecision(
                    factor,
                    /* detectorInterval= */ 1,
                    String.format(Locale.ROOT, "%.1f °C allows %.0f %% of the frames", last.celsius(), 100 * factor));
        }
        double allowed = law.factorWhenUnknown();
        double factor = previous == null ? allowed : Math.min(allowed, previous.frameRateFactor());
        return new ThrottleDecision(
                factor,
                /* detectorInterval= */ 1,
                String.format(
                        Locale.ROOT, "%s; counts as hot: %.0f %% of the frames", fault(check, last), 100 * factor));
    }

    /** The record that tells {@code device} of a decision; valid for {@link ThermalOptions#validity()}. */
    public Directive directive(String device, ThrottleDecision decision, TemperatureReading last, long nowMicros) {
        boolean known = last != null && !Double.isNaN(last.celsius());
        return Directive.newBuilder()
                .setDevice(device)
                .setIssuedAtMicros(nowMicros)
                .setValidUntilMicros(nowMicros
                        + TimeUnit.NANOSECONDS.toMicros(options.validity().toNanos()))
                .setFrameRateFactor(decision.frameRateFactor())
                .setDetectorInterval(decision.detectorInterval())
                .setReason(decision.reason())
                .setCelsius(known ? last.celsius() : null)
                .build();
    }

    private static String fault(ReadingCheck check, TemperatureReading last) {
        return switch (check) {
            case UNREADABLE -> "no reading";
            case STALE -> "the last reading is not of this time";
            case ABSURD -> String.format(Locale.ROOT, "%.1f °C cannot be", last.celsius());
            case BELIEVED -> throw new IllegalArgumentException("a believed reading is no fault");
        };
    }
}
