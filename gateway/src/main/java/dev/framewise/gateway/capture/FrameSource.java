package dev.framewise.gateway.capture;

import java.io.IOException;
import java.util.Optional;

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

    /** What the source really gives; empty where it does not say. */
    default Optional<PictureFormat> given() {
        return Optional.empty();
    }

    /** Whether pictures come at the pace of the world (a camera, a stream) and not as fast as they are asked for (a file). */
    boolean isLive();

    /** Whether it throws away by itself what nobody took in time, so that {@link #next} never gives a picture that waited behind others. */
    default boolean keepsNewestOnly() {
        return false;
    }

    /** How many pictures it threw away since this was last asked. */
    default long takeMissed() {
        return 0;
    }

    @Override
    void close();
}
