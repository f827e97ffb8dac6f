package dev.framewise.gateway.edge;

import dev.framewise.vision.track.LookReason;
import dev.framewise.vision.track.TrackList;

/** One frame as the loop leaves it; reused for the next. */
final class EdgeFrame {
    /** Tracks with boxes in pixels of the picture. */
    final TrackList tracks = new TrackList();

    long sequence;
    /** Microseconds since 1970. */
    long capturedAtMicros;

    byte[] jpeg;
    int width;
    int height;
    LookReason decision;
    /** Whether it could be read where the detector wanted to look. */
    boolean readable;
    /** From the camera's hand to the tracks, nanoseconds. */
    long latencyNanos;
}
