package dev.framewise.operators.perception;

import java.util.ArrayDeque;

/**
 * Holds watermarks back until every frame that came before them has left. Frames of different cameras may overtake one another,
 * and even a watermark; a watermark overtakes nothing. So no frame becomes late by waiting for a batch.
 *
 * <p>A watermark is here what is to be done when its time has come. Plain Java, one thread.
 */
final class WatermarkGate {
    private final ArrayDeque<Segment> held = new ArrayDeque<>();
    private Segment current = new Segment();

    /** What arrived between two watermarks. */
    static final class Segment {
        private int frames;
        private Runnable release;
    }

    /** A frame has arrived; give the segment back to {@link #leave} when it leaves. */
    Segment enter() {
        current.frames++;
        return current;
    }

    /** A frame of a segment has left; releases the watermarks that waited for it, in order of their arrival. */
    void leave(Segment segment) {
        segment.frames--;
        for (Segment oldest = held.peek(); oldest != null && oldest.frames == 0; oldest = held.peek()) {
            held.remove();
            oldest.release.run();
        }
    }

    /** A watermark has arrived: it is released at once if nothing is before it. */
    void arrive(Runnable release) {
        if (current.frames == 0 && held.isEmpty()) {
            release.run();
            return;
        }
        current.release = release;
        held.add(current);
        current = new Segment();
    }
}
