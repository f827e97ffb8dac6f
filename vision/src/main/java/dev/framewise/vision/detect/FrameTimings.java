package dev.framewise.vision.detect;

/**
 * What one frame cost by stage: CPU nanoseconds of the calling thread. Mutable, so that a caller reuses one per slot;
 * each stage overwrites its own figure.
 */
public final class FrameTimings {
    long decodeNanos;
    long letterboxNanos;
    long postprocessNanos;

    /** Bytes to planes; 0 for a picture that came raw. */
    public long decodeNanos() {
        return decodeNanos;
    }

    /** Planes to the network's input: scale, colour, floats. */
    public long letterboxNanos() {
        return letterboxNanos;
    }

    /** The network's output to boxes, NMS included. */
    public long postprocessNanos() {
        return postprocessNanos;
    }
}
