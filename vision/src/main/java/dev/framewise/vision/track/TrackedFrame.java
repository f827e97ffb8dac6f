package dev.framewise.vision.track;

/**
 * What a tracker is told of a frame besides its detections. Reusable: set it anew for every frame. Not thread-safe.
 */
public final class TrackedFrame {
    /** The capture time of a frame that has none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private long number;
    private long capturedAtMicros = NO_TIME;
    private PixelSource pixels;

    /** A frame without capture time and pixels. */
    public static TrackedFrame of(long number) {
        return new TrackedFrame().set(number, NO_TIME, /* newPixels= */ null);
    }

    /**
     * Sets everything.
     *
     * @param newNumber number of the frame: grows, and may jump
     * @param newCapturedAtMicros when it was captured, microseconds from any fixed point, or {@link #NO_TIME}: motion is then
     *     counted in frames
     * @param newPixels where its pixels come from; null if there are none
     */
    public TrackedFrame set(long newNumber, long newCapturedAtMicros, PixelSource newPixels) {
        number = newNumber;
        capturedAtMicros = newCapturedAtMicros;
        pixels = newPixels;
        return this;
    }

    /** Number of the frame. */
    public long number() {
        return number;
    }

    /** Whether {@link #capturedAtMicros} is known. */
    public boolean hasTime() {
        return capturedAtMicros != NO_TIME;
    }

    /** Capture time, microseconds. */
    public long capturedAtMicros() {
        return capturedAtMicros;
    }

    /** Reads the pixels; false if there are none or they are not readable. */
    boolean read(HalfPicture into) {
        return pixels != null && pixels.read(into);
    }
}
