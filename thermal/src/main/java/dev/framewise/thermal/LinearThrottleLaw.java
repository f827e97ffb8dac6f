package dev.framewise.thermal;

/**
 * The plain law: all frames below {@code start}, {@code 1 - (t - start) / (stop - start)} but at least the floor between
 * {@code start} and {@code stop}, none from {@code stop} on.
 *
 * <p><b>What an unknown temperature means.</b> It counts as hot, just below {@code stop}: the floor, not a full stop. The
 * floor is the most this law ever grants a board near its limit, and it holds the reference board at 82.8 °C even at 60 °C
 * ambient ({@code ReferenceBoardTest}), so it is safe; a full stop would let one broken thermometer blind a camera on a cool
 * board for ever. A board that was stopped when its thermometer failed stays stopped: that is {@link DirectivePolicy}'s part.
 */
public final class LinearThrottleLaw implements ThermalLaw {
    private final ThermalOptions options;

    public LinearThrottleLaw(ThermalOptions options) {
        this.options = options;
    }

    @Override
    public double frameRateFactor(double celsius) {
        if (celsius >= options.stopCelsius()) {
            return 0;
        }
        double span = options.stopCelsius() - options.startCelsius();
        double linear = 1 - (celsius - options.startCelsius()) / span;
        return Math.min(1, Math.max(options.floorFactor(), linear));
    }

    @Override
    public double factorWhenUnknown() {
        return options.floorFactor();
    }
}
