package dev.framewise.gateway.capture;

/** Says when a picture was captured. Never goes backwards from one call to the next. Used by one thread. */
@FunctionalInterface
public interface CaptureClock {

    /**
     * The time of capture of a picture that was just taken.
     *
     * @param sequence the picture's number, 0, 1, 2, ...
     * @return microseconds since 1970
     */
    long capturedAtMicros(long sequence);

    /**
     * The time within a clip, whatever the clock on the wall says, so that two runs stamp the same: {@code start} plus
     * {@code sequence / framesPerSecond}.
     */
    static CaptureClock clip(long startMicros, double framesPerSecond) {
        if (!(framesPerSecond > 0)) {
            throw new IllegalArgumentException("framesPerSecond = " + framesPerSecond + " must be above 0");
        }
        return sequence -> startMicros + Math.round(sequence * 1e6 / framesPerSecond);
    }
}
