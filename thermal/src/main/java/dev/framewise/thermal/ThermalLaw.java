package dev.framewise.thermal;

/** What a temperature allows. Implementations are immutable and monotone: a hotter board is never allowed more. */
public interface ThermalLaw {

    /**
     * The share of the camera's frame rate that a believed temperature allows.
     *
     * @param celsius temperature of the SoC
     * @return 0 (no frames) to 1 (all)
     */
    double frameRateFactor(double celsius);

    /** The share allowed while the temperature is not known, 0 to 1: what the law gives a hot board that still works. */
    double factorWhenUnknown();
}
