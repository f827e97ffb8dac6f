package dev.framewise.toolkit.distil;

import dev.framewise.vision.image.BgrImage;
import java.io.IOException;

/** Frames of one camera that does not move, in order: what a teacher looks at. */
public interface FrameSource {
    /** How messages and model cards call it. */
    String name();

    /**
     * Reads all frames, once.
     *
     * @throws IOException if there are none, or they break off
     */
    void read(FrameReader reader) throws IOException;

    /** Takes frames on the caller's thread. */
    @FunctionalInterface
    interface FrameReader {
        /**
         * One frame.
         *
         * @param image valid during this call only
         */
        void frame(BgrImage image) throws IOException;
    }
}
