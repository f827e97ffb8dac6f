package dev.framewise.gateway.capture;

import java.io.IOException;

/** Where pictures come from, one after the other. Used by one thread at a time; may be opened on another. */
public interface FrameSource extends AutoCloseable {

    /**
     * The next picture; blocks until there is one.
     *
     * @return null at the end of the clip
     * @throws IOException if the source fails; the message names it
     */
    Picture next() throws IOException;

    /** The nominal rate, frames per second; 0 where the source does not know it. */
    double framesPerSecond();

    /** What the source really gives, for people, such as 640x480 at 15 fps; empty where it does not say. */
    default String given() {
        return "";
    }

    /** Whether pictures come at the pace of the world (a camera, a stream) and not as fast as they are asked for (a file). */
    boolean isLive();

    @Override
    void close();
}
